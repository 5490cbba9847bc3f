import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { addAlarm } from "../../../lib/constructs/alarm";
import type { LayerStack } from "../../../lib/layer/stack";
import { addNodeLogsCommand, addRescueAutomation, secondsForLogs } from "./documents";
import { addAutomationRole, addStarterRole, allowNodeLogs } from "./roles";
import type { AddedGroup } from "../nodes/groups";
import type { Role } from "../../../lib/constructs/role";

/** The nodes whose logs are saved, and the destination. */
interface Rescue {
  readonly groups: readonly AddedGroup[];
  readonly nodeRoleName: string;
  readonly logKeyArn: string;
  readonly retentionDays: number;
  readonly topicArn: string;
}

/** Saves the logs of every node before it is terminated: a lifecycle hook delays it while an automation writes the logs. */
export function addLogRescue(stack: LayerStack, rescue: Rescue): void {
  const logGroup = new CloudwatchLogGroup(stack, "node-log", {
    name: `/aws/eks/${stack.environment.name}/nodes`,
    kmsKeyId: rescue.logKeyArn,
    retentionInDays: rescue.retentionDays,
  });
  allowNodeLogs(stack, rescue.nodeRoleName, logGroup.arn);
  const command = addNodeLogsCommand(stack);
  const role = addAutomationRole(stack, command);
  const automation = addRescueAutomation(stack, { roleArn: role.arn, command, logGroup: logGroup.name });
  const start = startOnTermination(stack, automation, role);
  addHooks(stack, rescue.groups, start);
  alarmWhenNotStarted(stack, rescue.topicArn);
}

const hookName = (stack: LayerStack) => stack.named("lifecycleHook", "log-rescue");
const ruleName = (stack: LayerStack) => stack.named("eventRule", "log-rescue");

function startOnTermination(stack: LayerStack, automation: string, role: Role): CloudwatchEventTarget {
  const rule = new CloudwatchEventRule(stack, "log-rescue-rule", {
    name: ruleName(stack),
    description: "Terminating nodes whose logs are to be saved",
    eventPattern: JSON.stringify({
      source: ["aws.autoscaling"],
      "detail-type": ["EC2 Instance-terminate Lifecycle Action"],
      detail: { LifecycleHookName: [hookName(stack)] },
    }),
  });
  const starter = addStarterRole(stack, {
    ruleArn: stack.arn("events", `rule/${ruleName(stack)}`),
    automation,
    automationRoleArn: role.arn,
  });
  return new CloudwatchEventTarget(stack, "log-rescue-target", {
    rule: rule.name,
    targetId: "log-rescue",
    arn: stack.arn("ssm", `automation-definition/${automation}:$DEFAULT`),
    roleArn: starter.arn,
    inputTransformer: {
      inputPaths: {
        instance: "$.detail.EC2InstanceId",
        group: "$.detail.AutoScalingGroupName",
        hook: "$.detail.LifecycleHookName",
      },
      // EventBridge quotes each value.
      inputTemplate:
        '{"InstanceId":[<instance>],"AutoScalingGroupName":[<group>],"LifecycleHookName":[<hook>]}',
    },
    dependsOn: [...role.permissions, ...starter.permissions],
  });
}

function addHooks(stack: LayerStack, groups: readonly AddedGroup[], start: CloudwatchEventTarget): void {
  for (const { size, nodeGroup } of groups) {
    new AutoscalingLifecycleHook(stack, `${size.name}-log-rescue`, {
      name: hookName(stack),
      autoscalingGroupName: nodeGroup.resources.get(0).autoscalingGroups.get(0).name,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: secondsForLogs + 60,
      defaultResult: "CONTINUE",
      // Without the target, the hook would only delay termination.
      dependsOn: [start],
    });
  }
}

function alarmWhenNotStarted(stack: LayerStack, topicArn: string): void {
  addAlarm(stack, "log-rescue-not-started", {
    description: `EventBridge could not start the automation that saves the logs of terminating nodes of ${stack.environment.name}; check the role ${stack.environment.name}-log-rescue-start`,
    metric: {
      namespace: "AWS/Events",
      name: "FailedInvocations",
      dimensions: { RuleName: ruleName(stack) },
      statistic: "Sum",
    },
    threshold: { above: 0 },
    topicArn,
  });
}
