import { each } from "../../checks";
import { hasCustomerKey } from "../../customer-key";
import { rules } from "../../rule";
import { credentialIn } from "../../credentials";

/** Rules about Lambda functions, and the target groups that invoke them. */
export const lambdaFunctionRules = rules({
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
      !lambda.has("environment") || hasCustomerKey(lambda.given, "kms_key_arn")
        ? undefined
        : "its environment variables are encrypted with the key of AWS",
    ),
  },
  "function-credentials": {
    title: "No environment variable of a function contains credentials",
    publicIds: ["CKV_AWS_45"],
    reason: "Everyone who can read the function's configuration or the state can read them",
    fix: "Read the value from Secrets Manager in the function",
    check: each(["aws_lambda_function"], (lambda) => {
      const variables = lambda
        .values("environment.variables")
        .flatMap((names) => Object.entries(names ?? {}));
      const found = variables.flatMap(([name, value]) => {
        const credential = typeof value === "string" ? credentialIn(value) : undefined;
        return credential === undefined ? [] : [`${name} contains ${credential}`];
      });
      return found.length === 0 ? undefined : found.join(", ");
    }),
  },
  "function-runtime": {
    title: "Functions have a runtime that AWS supports",
    publicIds: ["CKV_AWS_363", "Lambda.2"],
    reason: "Deprecated runtimes get no security fixes, and functions with them can soon not be changed",
    fix: "Set runtime to one of https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
    check: each(["aws_lambda_function"], (lambda) => {
      const [runtime = ""] = lambda.texts("runtime");
      return deprecatedRuntimes.test(runtime) ? `its runtime ${runtime} is deprecated` : undefined;
    }),
  },
  "function-network": {
    title: "Functions are in a VPC",
    publicIds: ["CKV_AWS_117", "Lambda.3"],
    reason: "Security groups and flow logs cover only what passes through a VPC",
    fix: "Set vpc_config",
    check: each(["aws_lambda_function"], (lambda) =>
      lambda.has("vpc_config.subnet_ids") ? undefined : "it is in no VPC",
    ),
  },
  "function-dead-letters": {
    title: "Functions keep events that they failed to process",
    publicIds: ["CKV_AWS_116"],
    reason: "Lambda discards an event of an asynchronous invocation when its retries have failed",
    fix: "Set dead_letter_config, or record an exception for a function that is invoked synchronously only",
    check: each(["aws_lambda_function"], (lambda) =>
      lambda.has("dead_letter_config.target_arn") ? undefined : "events that it fails to process are lost",
    ),
  },
  "function-tracing": {
    title: "Functions are traced with X-Ray",
    publicIds: ["CKV_AWS_50", "AWS-0066", "Lambda.7"],
    reason: "A trace shows which of several services delays a request",
    fix: "Set tracing_config.mode to Active, or record an exception",
    check: each(["aws_lambda_function"], (lambda) =>
      lambda.is("tracing_config.mode", "Active") ? undefined : "it is not traced",
    ),
  },
  "function-signing": {
    title: "Functions run signed code only",
    publicIds: ["CKV_AWS_272"],
    reason: "Otherwise a principal that may update the function decides what it runs",
    fix: "Set code_signing_config_arn, or record an exception",
    check: each(["aws_lambda_function"], (lambda) =>
      lambda.has("code_signing_config_arn") ? undefined : "it runs unsigned code",
    ),
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

/** As of 2026-11: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated */
const deprecatedRuntimes =
  /^(nodejs(|4\.3(-edge)?|6\.10|8\.10|(10|12|14|16|18|20)\.x)|python(2\.7|3\.([6-9]|10))|ruby(2\.[57]|3\.2)|java8|go1\.x|dotnetcore[123]\.[01]|dotnet(5\.0|[5678])|provided(\.al2)?)$/;
