import { eachAllowance } from "../../permissions";
import { rules } from "../../rule";

/** Rules about who may assume a role. */
export const trustRules = rules({
  "trust-conditions": {
    title: "Every trust policy limits on whose behalf the role is assumed",
    publicIds: ["CKV_AWS_60", "CKV_AWS_61"],
    reason: "Otherwise a service can assume the role on behalf of another account (confused deputy)",
    fix: "Add conditions on aws:SourceAccount and aws:SourceArn, or on the claims of the identity provider",
    check: eachAllowance(["trust"], ({ principals, conditionKeys }) => {
      if (conditionKeys.length > 0 && !principals.includes("*")) return undefined;
      const open = principals.filter((principal) => !sendNoConditions.includes(principal));
      return open.length === 0 ? undefined : `${open.join(", ")} may assume it on behalf of any account`;
    }),
  },
  "trust-pods": {
    title: "A role for pods is limited to one cluster or one service account",
    publicIds: [],
    reason: "Otherwise pods of another cluster or namespace can assume it",
    fix: "Add conditions on aws:SourceArn and aws:SourceAccount (Pod Identity), or on the claims sub and aud (IRSA)",
    check: eachAllowance(["trust"], ({ principals, conditionKeys }) => {
      const byPodIdentity = principals.some((principal) => principal.startsWith("Service pods.eks."));
      const byWebIdentity = principals.some((principal) => principal.startsWith("Federated "));
      const has = (ending: string) => conditionKeys.some((key) => key.endsWith(ending));
      if (byPodIdentity && !(has("aws:sourcearn") && has("aws:sourceaccount")))
        return "pods of other clusters may assume it";
      return byWebIdentity && !(has(":sub") && has(":aud"))
        ? "other service accounts may assume it"
        : undefined;
    }),
  },
});

/**
 * Services that send no condition keys with the role, by their documentation, and take roles of their own account only:
 * EC2 (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html),
 * Lambda (https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html) and
 * ECR (https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create-iam.html).
 */
const sendNoConditions = [
  "Service ec2.amazonaws.com",
  "Service ec2.amazonaws.com.cn",
  "Service lambda.amazonaws.com",
  "Service ecr.amazonaws.com",
];
