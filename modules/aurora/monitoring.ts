import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { serviceTrust } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/** Adds the role that RDS uses to write enhanced monitoring metrics of this environment's instances. */
export function addMonitoringRole(stack: LayerStack, clusterIdentifier: string): IamRole {
  const instances = stack.arn("rds", `db:${clusterIdentifier}-*`);
  const role = new IamRole(stack, "monitoring-role", {
    name: stack.named("iamRole", "aurora-monitoring"),
    description: "RDS writes enhanced monitoring metrics",
    assumeRolePolicy: serviceTrust("monitoring.rds", stack.environment, {
      ArnLike: { "aws:SourceArn": instances },
    }),
  });
  new IamRolePolicyAttachment(stack, "monitoring-policy", {
    role: role.name,
    policyArn: stack.arn("iam", "policy/service-role/AmazonRDSEnhancedMonitoringRole", {
      region: "",
      account: "aws",
    }),
  });
  return role;
}
