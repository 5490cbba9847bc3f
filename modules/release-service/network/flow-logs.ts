import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { policyDocument, serviceTrust } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";

/** Encryption key and retention of the service's logs. */
export interface Logs {
  readonly keyArn: string;
  readonly retentionInDays: number;
}

/** Logs all traffic of the service's VPC, accepted and rejected. */
export function addFlowLogs(stack: LayerStack, vpcId: string, { keyArn, retentionInDays }: Logs): void {
  const group = new CloudwatchLogGroup(stack, "flow-log-group", {
    name: stack.named("logGroup", "release-service-flow"),
    kmsKeyId: keyArn,
    retentionInDays,
  });
  const role = new IamRole(stack, "flow-log-role", {
    name: stack.named("iamRole", "release-service-flow"),
    description: "Writes the flow logs of the release service",
    assumeRolePolicy: serviceTrust("vpc-flow-logs", stack.environment, {
      StringEquals: { "aws:SourceAccount": stack.environment.account },
      ArnLike: { "aws:SourceArn": stack.arn("ec2", "vpc-flow-log/*") },
    }),
  });
  new IamRolePolicy(stack, "flow-log-policy", {
    name: "write-flow-logs",
    role: role.name,
    policy: policyDocument([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group.arn, `${group.arn}:*`],
      },
      // Listing has no resource types.
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]),
  });
  new FlowLog(stack, "flow-log", {
    vpcId,
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: group.arn,
    iamRoleArn: role.arn,
    maxAggregationInterval: 600,
    tags: { Name: `${stack.environment.name}-release-service` },
  });
}
