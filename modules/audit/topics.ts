import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { type Statement, policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/** A topic to be, and who publishes to it. */
interface Topic {
  readonly keyArn: string;
  readonly publishers: readonly string[];
  /** What a publisher's request must show. */
  readonly condition: NonNullable<Statement["Condition"]>;
}

/** Adds the topic that hears of alarms, and its readers; returns its ARN, which is known once services may publish. */
export function addAlarmTopic(
  stack: LayerStack,
  { keyArn, emails }: { readonly keyArn: string; readonly emails: readonly string[] },
): string {
  const topicArn = addTopic(stack, "alarms", {
    keyArn,
    publishers: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com", "events.rds.amazonaws.com"],
    condition: { StringEquals: { "aws:SourceAccount": stack.environment.account } },
  });
  for (const email of emails) {
    new SnsTopicSubscription(stack, `alarms-to-${asId(email)}`, {
      topicArn,
      protocol: "email",
      endpoint: email,
    });
  }
  return topicArn;
}

/** Adds the topic that hears of each file of recorded API calls; apart from alarms, because files come by the minute. */
export function addTrailTopic(stack: LayerStack, keyArn: string, trailArn: string): string {
  return addTopic(stack, "trail", {
    keyArn,
    publishers: ["cloudtrail.amazonaws.com"],
    condition: { StringEquals: { "aws:SourceArn": trailArn } },
  });
}

function addTopic(stack: LayerStack, id: string, { keyArn, ...allowed }: Topic): string {
  const name = stack.named("snsTopic", id);
  const topic = new SnsTopic(stack, `${id}-topic`, { name, kmsMasterKeyId: keyArn });
  return new SnsTopicPolicy(stack, `${id}-topic-policy`, {
    arn: topic.arn,
    policy: policyDocument(statements(stack.arn("sns", name), allowed)),
  }).arn;
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

/** An ID allows letters, digits and dashes; two addresses must not become one. */
function asId(email: string): string {
  return email.replace(/[^A-Za-z0-9]/g, (character) => `-${character.charCodeAt(0)}-`);
}
