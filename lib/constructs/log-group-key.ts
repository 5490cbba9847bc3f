import type { Environment } from "../layer/environment-schema";
import { servicePrincipal } from "../layer/partition";
import type { Statement } from "./iam-policy";

/** Allows CloudWatch Logs to encrypt the account's log groups, which are in the encryption context. */
export function useByLogGroups(place: Pick<Environment, "partition" | "region" | "account">): Statement {
  const { partition, region, account } = place;
  return {
    Sid: "UseByLogGroups",
    Effect: "Allow",
    Principal: { Service: servicePrincipal("logs", place) },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${account}:log-group:*`,
      },
    },
  };
}
