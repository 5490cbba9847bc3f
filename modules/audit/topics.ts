import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { type Statement, policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/** Inputs of a topic. */
interface Topic {
  readonly keyArn: string;
  readonly publishers: readonly string[];
  /** Condition on the publishers' requests. */
  readonly condition: NonNullable<Statement["Condition"]>;
}

/** Adds the alarm topic and its subscriptions; returns its ARN, known after its policy is set. */
export function addAlarmTopic(
  stack: LayerStack,
  {
    keyArn,
    emails,
    budget,
  }: { readonly keyArn: string; readonly emails: readonly string[]; readonly budget: boolean },
): string {
  const { arn: topicArn } = addTopic(stack, "alarms", {
    keyArn,
    publishers: [
      "cloudwatch.amazonaws.com",
      ...(budget ? ["budgets.amazonaws.com"] : []),
      "events.rds.amazonaws.com",
    ],
    condition: { StringEquals: { "aws:SourceAccount": stack.environment.account } },
  }).policy;
  for (const email of emails) {
    new SnsTopicSubscription(stack, `alarms-to-${asId(email)}`, {
      topicArn,
      protocol: "email",
      endpoint: email,
    });
  }
  return topicArn;
}

/** Adds the topic for CloudTrail log file notifications, separate from alarms because of their frequency. */
export function addTrailTopic(stack: LayerStack, keyArn: string, trailArn: string): AddedTopic {
  return addTopic(stack, "trail", {
    keyArn,
    publishers: ["cloudtrail.amazonaws.com"],
    condition: { StringEquals: { "aws:SourceArn": trailArn } },
  });
}

/** A topic's name, known before its policy is set. */
interface AddedTopic {
  readonly name: string;
  readonly policy: SnsTopicPolicy;
}

function addTopic(stack: LayerStack, id: string, { keyArn, ...allowed }: Topic): AddedTopic {
  const name = stack.named("snsTopic", id);
  const topic = new SnsTopic(stack, `${id}-topic`, { name, kmsMasterKeyId: keyArn });
  const policy = new SnsTopicPolicy(stack, `${id}-topic-policy`, {
    arn: topic.arn,
    policy: policyDocument(statements(stack.arn("sns", name), allowed)),
  });
  return { name: topic.name, policy };
}

function statements(
  arn: string,
  { publishers, condition }: Pick<Topic, "publishers" | "condition">,
): Statement[] {
  const publish = { Action: "sns:Publish", Resource: arn } as const;
  return [
    { Sid: "Publish", Effect: "Allow", Principal: { Service: publishers }, ...publish, Condition: condition },
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: "*",
      ...publish,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}

/** Converts an address to a unique ID of letters, digits and dashes. */
function asId(email: string): string {
  return email.replace(/[^A-Za-z0-9]/g, (character) => `-${character.charCodeAt(0)}-`);
}
