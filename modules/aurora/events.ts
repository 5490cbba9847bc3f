import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import type { LayerStack } from "../../lib/layer/stack";

/** What deserves a message, by RDS's own word for the kind of thing; daily backups and restarts do not. */
const categories = {
  "db-cluster": ["configuration change", "deletion", "failover", "failure", "maintenance", "notification"],
  "db-instance": [
    "configuration change",
    "deletion",
    "failover",
    "failure",
    "low storage",
    "maintenance",
    "security",
    "security patching",
  ],
  "db-parameter-group": ["configuration change"],
  "db-security-group": ["configuration change", "failure"],
} as const;

/** Things to hear of, by their names; none: all of the kind. */
export type Reported = { readonly [Kind in keyof typeof categories]: readonly string[] };

/** Adds a subscription for each kind of thing, so that failures, maintenance and changes reach the topic. */
export function addEventSubscriptions(stack: LayerStack, topicArn: string, reported: Reported): void {
  const add = (sourceType: keyof Reported) =>
    new DbEventSubscription(stack, `${sourceType}-events`, {
      name: stack.named("rdsIdentifier", `aurora-${sourceType}`),
      snsTopic: topicArn,
      sourceType,
      ...(reported[sourceType].length === 0 ? {} : { sourceIds: [...reported[sourceType]] }),
      eventCategories: [...categories[sourceType]],
    });
  add("db-cluster");
  add("db-instance");
  add("db-parameter-group");
  add("db-security-group");
}
