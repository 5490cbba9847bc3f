import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import type { LayerStack } from "../../lib/layer/stack";

/** Subscribed event categories by RDS source type, without those of daily backups and restarts. */
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

/** Identifiers of the sources by source type; an empty list means all sources of the type. */
export type EventSources = { readonly [SourceType in keyof typeof categories]: readonly string[] };

/** Adds an event subscription per source type for failures, maintenance and changes. */
export function addEventSubscriptions(stack: LayerStack, topicArn: string, sources: EventSources): void {
  const add = (sourceType: keyof EventSources) =>
    new DbEventSubscription(stack, `${sourceType}-events`, {
      name: stack.named("rdsIdentifier", `aurora-${sourceType}`),
      snsTopic: topicArn,
      sourceType,
      ...(sources[sourceType].length === 0 ? {} : { sourceIds: [...sources[sourceType]] }),
      eventCategories: [...categories[sourceType]],
    });
  add("db-cluster");
  add("db-instance");
  add("db-parameter-group");
  add("db-security-group");
}
