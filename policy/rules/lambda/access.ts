import { each } from "../../checks";
import { granted } from "../../permissions";
import { rules } from "../../rule";
import { policiesIn, type Statement } from "../../statements";
import type { SynthesisedJson } from "../../../synthesis/environment";
import type { Resource } from "../../../synthesis/resource";

/** Rules about who may invoke Lambda functions, and what their code may do. */
export const lambdaAccessRules = rules({
  "function-public": {
    title: "No function can be invoked by everyone",
    publicIds: ["CKV_AWS_301", "Lambda.1"],
    reason: "Everyone includes every AWS account",
    fix: "Name a service or an account in the principal of the aws_lambda_permission",
    check: each(["aws_lambda_permission"], (permission) =>
      permission.texts("principal").includes("*") ? "everyone may invoke it" : undefined,
    ),
  },
  "function-callers": {
    title: "Services may invoke a function on behalf of one resource only",
    publicIds: ["CKV_AWS_364", "AWS-0067"],
    reason: "Otherwise the service can invoke it on behalf of another account (confused deputy)",
    fix: "Set source_arn of the aws_lambda_permission",
    check: each(["aws_lambda_permission"], (permission) =>
      permission.texts("principal").some((name) => /\.amazonaws\.com(\.cn)?$/.test(name)) &&
      !permission.has("source_arn")
        ? "a service may invoke it on behalf of any account"
        : undefined,
    ),
  },
  "function-url": {
    title: "A function's URL requires IAM authentication, and does not accept every origin",
    publicIds: ["CKV_AWS_258", "CKV2_AWS_75"],
    reason: "Otherwise every host, and the scripts of every web site, can invoke the function",
    fix: "Set authorization_type to AWS_IAM, and list origins and methods in cors, or use a load balancer",
    check: each(["aws_lambda_function_url"], (url) => {
      if (!url.is("authorization_type", "AWS_IAM")) return "it requires no authentication";
      return [...url.texts("cors.allow_origins"), ...url.texts("cors.allow_methods")].includes("*")
        ? "it accepts every origin or method"
        : undefined;
    }),
  },
  "function-interfaces": {
    title: "The code of a function in a VPC cannot change network interfaces",
    publicIds: [],
    reason: "Lambda needs these permissions in the function's role, where its code has them too",
    fix: "Deny the actions in https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html with the condition lambda:SourceFunctionArn",
    check: each(["aws_lambda_function"], (lambda, synthesised) => {
      if (!lambda.has("vpc_config")) return undefined;
      const denied = statementsOf(lambda, synthesised).filter(isForCode);
      const left = ofInterfaces.filter(
        (action) => !denied.some((deny) => granted(deny, [action]).length > 0),
      );
      return left.length === 0 ? undefined : `its code is not denied ${left.join(", ")}`;
    }),
  },
});

const ofInterfaces = [
  "AssignPrivateIpAddresses",
  "CreateNetworkInterface",
  "DeleteNetworkInterface",
  "DescribeNetworkInterfaces",
  "DescribeSubnets",
  "DetachNetworkInterface",
  "UnassignPrivateIpAddresses",
].map((action) => `ec2:${action}`);

/** The statements of a function's role. */
function statementsOf(lambda: Resource, synthesised: SynthesisedJson): readonly Statement[] {
  const roles = synthesised.targets(lambda, "role");
  return policiesIn(synthesised, "identity")
    .filter(({ resource }) => synthesised.targets(resource, "role").some((role) => roles.includes(role)))
    .flatMap(({ statements = [] }) => statements);
}

function isForCode({ allows, resources, conditionKeys }: Statement): boolean {
  const everywhere =
    resources.includes("*") && conditionKeys.every((key) => key === "lambda:sourcefunctionarn");
  return !allows && everywhere;
}
