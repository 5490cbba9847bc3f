import type { Environment } from "../../lib/layer/environment-schema";
import { viaService } from "../../lib/layer/partition";
import type { Statement } from "../../lib/constructs/iam-policy";

/**
 * ECR reads the accounts at registries under its service-linked role, whose own policy has no KMS permission. A new
 * account has no such role yet, and KMS refuses a policy that names a missing principal, so a condition names it.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/slr-pullthroughcache.html
 */
export function pullThroughRole(environment: Environment): Statement {
  const { partition, account } = environment;
  const role = "aws-service-role/pullthroughcache.ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache";
  return {
    Sid: "DecryptionByPullThroughCache",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: {
      StringEquals: {
        "aws:PrincipalArn": `arn:${partition}:iam::${account}:role/${role}`,
        "kms:CallerAccount": account,
        "kms:ViaService": viaService("secretsmanager", environment),
      },
    },
  };
}
