import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { policyDocument, serviceTrust } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

interface FlowLogs {
  readonly vpcId: string;
  readonly keyArn: string;
  readonly retentionInDays: number;
}

/** Logs all traffic, accepted and rejected, to an encrypted log group. */
export function addFlowLogs(stack: LayerStack, { vpcId, keyArn, retentionInDays }: FlowLogs): void {
  const group = new CloudwatchLogGroup(stack, "flow-log-group", {
    name: stack.named("logGroup", "vpc-flow"),
    kmsKeyId: keyArn,
    retentionInDays,
  });
  new FlowLog(stack, "flow-log", {
    vpcId,
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: group.arn,
    iamRoleArn: addWriter(stack, group.arn),
    maxAggregationInterval: 600,
    tags: { Name: `${stack.environment.name}-flow` },
  });
}

function addWriter(stack: LayerStack, groupArn: string): string {
  const { account } = stack.environment;
  const role = new IamRole(stack, "flow-log-role", {
    name: stack.named("iamRole", "vpc-flow"),
    description: "Writes the VPC's flow logs",
    assumeRolePolicy: serviceTrust("vpc-flow-logs", stack.environment, {
      StringEquals: { "aws:SourceAccount": account },
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
        Resource: [groupArn, `${groupArn}:*`],
      },
      // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html; listing has no resource types.
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]),
  });
  return role.arn;
}
