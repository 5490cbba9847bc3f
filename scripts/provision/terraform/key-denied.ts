import { exitCodes } from "../../../lib/errors";
import { firstError } from "./error-text";
import type { KnownFailure } from "./failure";

/**
 * How services say that the caller may not use a KMS key:
 * - those that pass KMS's own answer on, as IAM words it;
 * - RDS: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 * - EC2, when an instance ends because of its encrypted volume:
 *   https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html#ts-as-instancelaunchfailure-12
 * - Secrets Manager and CloudWatch Logs, in words of their own.
 */
const denial =
  /not authorized to perform: kms:|KMSKeyNotAccessibleFault|InvalidKMSKey|Client\.InternalError|inaccessible AWS KMS key|KMSAccessDenied|Access to KMS is not allowed|KMS key (?:does not exist or is not allowed|[^\n]{0,200}(?:not accessible|no permission))/;

/** A KMS key that the caller may not use, or not yet. */
export const keyDenied: KnownFailure = {
  kind: "keyDenied",
  sign: denial,
  truth: ({ input = "" }) => `AWS denies the use of a KMS key${firstError(input)}`,
  hint: (_, { retry }) =>
    `If the key or its alias is newer than five minutes, run again: ${retry}; else compare your role's permissions with those that provision iam prints`,
  exitCode: exitCodes.failed,
};
