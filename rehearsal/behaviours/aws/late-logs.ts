import type { Context } from "../../engine/behaviour";

/**
 * What a cluster logs while it is deleted creates its deleted log groups again, without key and expiry. Called when the
 * cluster is deleted, for the groups that it delivered to.
 */
export function deliverLateLogs(names: readonly string[], { cloud }: Context): void {
  for (const name of names) {
    const group = cloud.get("aws_cloudwatch_log_group", name);
    if (!group) continue;
    const attributes = { ...group.attributes, kms_key_id: "", retention_in_days: 0, tags: {}, tags_all: {} };
    cloud.put({ ...group, successor: { ...group, attributes } });
  }
}
