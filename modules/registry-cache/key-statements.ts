import type { Environment } from "../../lib/layer/environment-schema";
import { viaService } from "../../lib/layer/partition";
import type { Statement } from "../../lib/constructs/iam-policy";

/**
 * ECR reads the registry credentials with its service-linked role, whose policy has no KMS permissions. A new account
 * does not have this role yet, and KMS rejects a policy with a missing principal, so a condition specifies it.
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
