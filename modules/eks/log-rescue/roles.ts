import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { policyDocument, serviceTrust, type Statement } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Role } from "../../../lib/constructs/role";

/** Allows nodes to write the command's output to the log group, and nothing else. */
export function allowNodeLogs(stack: LayerStack, nodeRoleName: string, logGroupArn: string): IamRolePolicy {
  return new IamRolePolicy(stack, "node-logs-policy", {
    name: "rescue-logs",
    role: nodeRoleName,
    policy: policyDocument([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [logGroupArn, `${logGroupArn}:*`],
      },
      // The agent finds the group by listing; IAM cannot restrict listing to one group.
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]),
  });
}

/** Adds the role of the automation: it runs one command on nodes of this environment, and completes their lifecycle action. */
export function addAutomationRole(stack: LayerStack, command: string): Role {
  const { name, account, tagKeys } = stack.environment;
  const executions = stack.arn("ssm", "automation-execution/*");
  const trust = serviceTrust("ssm", stack.environment, {
    StringEquals: { "aws:SourceAccount": account },
    ArnLike: { "aws:SourceArn": executions },
  });
  return addRole(stack, { id: "log-rescue", trust }, [
    { Effect: "Allow", Action: "ssm:SendCommand", Resource: stack.arn("ssm", `document/${command}`) },
    {
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: stack.arn("ec2", "instance/*"),
      Condition: {
        StringEquals: {
          [`ssm:resourceTag/${tagKeys.environment}`]: name,
          [`ssm:resourceTag/${tagKeys.layer}`]: stack.node.id,
        },
      },
    },
    {
      Effect: "Allow",
      Action: ["ssm:DescribeInstanceInformation", "ssm:ListCommandInvocations", "ssm:ListCommands"],
      Resource: "*",
    },
    {
      Effect: "Allow",
      Action: "autoscaling:CompleteLifecycleAction",
      Resource: stack.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/eks-*"),
      // EKS sets this tag on the Auto Scaling groups of its node groups.
      Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${name}`]: "owned" } },
    },
  ]);
}

interface Starter {
  readonly ruleArn: string;
  readonly automation: string;
  readonly automationRoleArn: string;
}

/** Adds the role that EventBridge uses to start the automation. */
export function addStarterRole(stack: LayerStack, given: Starter): Role {
  const trust = serviceTrust("events", stack.environment, {
    StringEquals: { "aws:SourceAccount": stack.environment.account },
    ArnEquals: { "aws:SourceArn": given.ruleArn },
  });
  return addRole(stack, { id: "log-rescue-start", trust }, [
    {
      Effect: "Allow",
      Action: "ssm:StartAutomationExecution",
      // The third type, under which EventBridge addresses the target, is being deprecated:
      // https://docs.aws.amazon.com/systems-manager/latest/userguide/security_iam_service-with-iam.html
      Resource: [
        `document/${given.automation}`,
        "automation-execution/*",
        `automation-definition/${given.automation}:*`,
      ].map((resource) => stack.arn("ssm", resource)),
    },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: given.automationRoleArn,
      Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
    },
  ]);
}

function addRole(
  stack: LayerStack,
  { id, trust }: { readonly id: string; readonly trust: string },
  statements: readonly Statement[],
): Role {
  const role = new IamRole(stack, `${id}-role`, {
    name: stack.named("iamRole", id),
    description: "Saves the logs of terminating nodes",
    assumeRolePolicy: trust,
  });
  const policy = new IamRolePolicy(stack, `${id}-policy`, {
    name: id,
    role: role.name,
    policy: policyDocument(statements),
  });
  return { arn: role.arn, permissions: [policy] };
}
