import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import type { LayerStack } from "../../../lib/layer/stack";

/** Timeout in seconds for saving a node's logs; the lifecycle hook times out shortly after. */
export const secondsForLogs = 240;

const commands = [
  "journalctl --no-pager --since -6hours -u kubelet -u containerd -u nodeadm-run",
  "dmesg --ctime | tail -n 2000",
  "tail -n 2000 /var/log/aws-routed-eni/ipamd.log /var/log/aws-routed-eni/plugin.log || true",
  "free -m; df -h; top -b -n 1 | head -n 40",
];

/** Adds the SSM command document that prints a node's diagnostic logs; returns its name. */
export function addNodeLogsCommand(stack: LayerStack): string {
  return new SsmDocument(stack, "node-logs-command", {
    name: stack.named("ssmDocument", "node-logs"),
    documentType: "Command",
    documentFormat: "JSON",
    targetType: "/AWS::EC2::Instance",
    content: JSON.stringify({
      schemaVersion: "2.2",
      description: "Prints the logs of a Kubernetes node",
      mainSteps: [
        {
          name: "printLogs",
          action: "aws:runShellScript",
          inputs: { timeoutSeconds: String(secondsForLogs), runCommand: commands },
        },
      ],
    }),
  }).name;
}

interface Automation {
  readonly roleArn: string;
  readonly command: string;
  readonly logGroup: string;
}

/** Adds the automation that runs the command on a terminating node, then completes the lifecycle action; returns its name. */
export function addRescueAutomation(stack: LayerStack, { roleArn, command, logGroup }: Automation): string {
  const text = (description: string) => ({ type: "String", description });
  return new SsmDocument(stack, "log-rescue-automation", {
    name: stack.named("ssmDocument", "log-rescue"),
    documentType: "Automation",
    documentFormat: "JSON",
    content: JSON.stringify({
      schemaVersion: "0.3",
      description: "Saves the logs of a terminating node, then completes the lifecycle action",
      assumeRole: roleArn,
      parameters: {
        InstanceId: text("Instance ID of the node"),
        AutoScalingGroupName: text("Auto Scaling group of the node"),
        LifecycleHookName: text("Lifecycle hook of the termination"),
      },
      mainSteps: [saveLogs(command, logGroup), completeLifecycleAction],
    }),
  }).name;
}

function saveLogs(command: string, logGroup: string) {
  return {
    name: "saveLogs",
    action: "aws:runCommand",
    timeoutSeconds: secondsForLogs,
    // A node that no longer responds is terminated without its logs.
    onFailure: "Continue",
    isCritical: false,
    inputs: {
      DocumentName: command,
      InstanceIds: ["{{ InstanceId }}"],
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: logGroup },
    },
  };
}

const completeLifecycleAction = {
  name: "completeLifecycleAction",
  action: "aws:executeAwsApi",
  isEnd: true,
  inputs: {
    Service: "autoscaling",
    Api: "CompleteLifecycleAction",
    AutoScalingGroupName: "{{ AutoScalingGroupName }}",
    LifecycleHookName: "{{ LifecycleHookName }}",
    InstanceId: "{{ InstanceId }}",
    LifecycleActionResult: "CONTINUE",
  },
};
