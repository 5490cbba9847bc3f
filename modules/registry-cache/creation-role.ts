import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { viaService } from "../../lib/layer/partition";
import { policyDocument, serviceTrust } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/** Adds the role that ECR uses to create the repositories of the cache; returns its ARN. */
export function addCreationRole(
  stack: LayerStack,
  { keyArn, repositories }: { readonly keyArn: string; readonly repositories: readonly string[] },
): string {
  const role = new IamRole(stack, "creation-role", {
    name: stack.named("iamRole", "registry-cache"),
    description: "Creates the repositories of the registry cache",
    // Without conditions, as AWS documents it: ECR accepts only roles of its own account, from principals that may pass them.
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create-iam.html
    assumeRolePolicy: serviceTrust("ecr", stack.environment),
  });
  new IamRolePolicy(stack, "creation-policy", {
    name: "create-repositories",
    role: role.name,
    policy: policyDocument([
      { Effect: "Allow", Action: ["ecr:CreateRepository", "ecr:TagResource"], Resource: repositories },
      {
        Effect: "Allow",
        Action: ["kms:CreateGrant", "kms:RetireGrant", "kms:DescribeKey"],
        Resource: keyArn,
        Condition: { StringEquals: { "kms:ViaService": viaService("ecr", stack.environment) } },
      },
    ]),
  });
  return role.arn;
}
