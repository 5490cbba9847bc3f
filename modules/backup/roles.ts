import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { serviceTrust } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

const purposes = {
  backup: {
    description: "AWS Backup reads the resources it backs up",
    policy: "AWSBackupServiceRolePolicyForBackup",
  },
  restore: {
    description: "AWS Backup creates the resources it restores",
    policy: "AWSBackupServiceRolePolicyForRestores",
  },
} as const;

/** Adds the role that AWS Backup uses to back up or restore; returns its ARN. */
export function addRole(stack: LayerStack, purpose: keyof typeof purposes): string {
  const { description, policy } = purposes[purpose];
  const role = new IamRole(stack, `${purpose}-role`, {
    name: stack.named("iamRole", purpose),
    description,
    // Without conditions: AWS Backup is not documented to send source keys to its roles.
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
    assumeRolePolicy: serviceTrust("backup", stack.environment),
  });
  new IamRolePolicyAttachment(stack, `${purpose}-role-policy`, {
    role: role.name,
    policyArn: stack.arn("iam", `policy/service-role/${policy}`, { region: "", account: "aws" }),
  });
  return role.arn;
}
