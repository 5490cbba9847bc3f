import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { LayerStack } from "../layer/stack";
import { policyDocument, serviceTrust } from "./iam-policy";

/** The flow logs of one VPC. */
interface FlowLogs {
  readonly vpcId: string;
  /** What the log group and the role are called after the environment. */
  readonly name: string;
  /** Value of the Name tag after the environment's name. */
  readonly tag: string;
  /** Of the role that writes them. */
  readonly description: string;
  readonly keyArn: string;
  readonly retentionInDays: number;
}

/** Logs all traffic of a VPC, accepted and rejected, to an encrypted log group. */
export function addFlowLogs(stack: LayerStack, logs: FlowLogs): void {
  const group = new CloudwatchLogGroup(stack, "flow-log-group", {
    name: stack.named("logGroup", logs.name),
    kmsKeyId: logs.keyArn,
    retentionInDays: logs.retentionInDays,
  });
  new FlowLog(stack, "flow-log", {
    vpcId: logs.vpcId,
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: group.arn,
    iamRoleArn: addWriter(stack, logs, group.arn),
    maxAggregationInterval: 600,
    tags: { Name: `${stack.environment.name}-${logs.tag}` },
  });
}

function addWriter(stack: LayerStack, { name, description }: FlowLogs, groupArn: string): string {
  const role = new IamRole(stack, "flow-log-role", {
    name: stack.named("iamRole", name),
    description,
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
        Resource: [groupArn, `${groupArn}:*`],
      },
      // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html; listing has no resource types.
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]),
  });
  return role.arn;
}
