import { eachAllowance } from "../../permissions";
import type { Rule } from "../../rule";

export const trustConditions: Rule = {
  id: "trust-conditions",
  title: "Every role says on whose behalf it is assumed",
  publicIds: ["CKV_AWS_60", "CKV_AWS_61"],
  reason: "A service that acts for another account could act as our role for it",
  fix: "Add conditions on aws:SourceAccount and aws:SourceArn, or on the claims of the identity provider",
  check: eachAllowance(["trust"], ({ principals, conditionKeys }) => {
    if (conditionKeys.length > 0 && !principals.includes("*")) return undefined;
    const open = principals.filter((principal) => !sendNoConditions.includes(principal));
    return open.length === 0 ? undefined : `${open.join(", ")} may become it on anybody's behalf`;
  }),
};

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
