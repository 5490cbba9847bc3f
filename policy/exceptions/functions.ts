import type { Exception } from "../exception";
import type { RuleId } from "../index";

/** Accepted violations of the rules about functions. */
export const functionExceptions: readonly Exception<RuleId>[] = [
  {
    rule: "function-dead-letters",
    layer: "release-service",
    address: "aws_lambda_function.proxy",
    reason:
      "The load balancer invokes it synchronously: the client gets the error, and there is no event to keep",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "function-tracing",
    layer: "release-service",
    address: "aws_lambda_function.proxy",
    reason:
      "Each request passes through this function alone, and its log and metrics show errors and duration",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "function-signing",
    layer: "release-service",
    address: "aws_lambda_function.proxy",
    reason:
      "The plan names the SHA-256 hash of the code, which is built from this repository; the deployer, who uploads it, would also sign it",
    owner: "platform",
    expires: "2027-11-30",
  },
];
