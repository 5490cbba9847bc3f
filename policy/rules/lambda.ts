import { each } from "../checks";
import { granted } from "../permissions";
import { rules } from "../rule";
import { policiesIn, type Statement } from "../statements";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";

/** Rules about Lambda functions, and the target groups that invoke them. */
export const lambdaRules = rules({
  "function-concurrency": {
    title: "Every function has reserved concurrency",
    publicIds: ["CKV_AWS_115"],
    reason: "Otherwise a flood of requests to one function uses up the concurrency of the account",
    fix: "Set reserved_concurrent_executions",
    check: each(["aws_lambda_function"], (lambda) => {
      const [reserved] = lambda.texts("reserved_concurrent_executions");
      return Number(reserved) > 0 ? undefined : "it can use all of the account's concurrency";
    }),
  },
  "function-environment": {
    title: "Environment variables of functions are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_173"],
    reason: "Reading them then also requires access to the key",
    fix: "Set kms_key_arn",
    check: each(["aws_lambda_function"], (lambda) =>
      !lambda.has("environment.variables") || lambda.has("kms_key_arn")
        ? undefined
        : "its environment variables are encrypted with the key of AWS",
    ),
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
  "function-headers": {
    title: "Target groups pass every value of a repeated header to functions",
    publicIds: [],
    reason: "Otherwise a function receives only the last, e.g. of several Accept headers",
    fix: "Set lambda_multi_value_headers_enabled to true, and read multiValueHeaders in the function",
    check: each(["aws_lb_target_group"], (group) =>
      !group.is("target_type", "lambda") || group.is("lambda_multi_value_headers_enabled", true)
        ? undefined
        : "it passes only the last value of a repeated header",
    ),
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
