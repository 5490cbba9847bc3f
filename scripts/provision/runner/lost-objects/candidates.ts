import { type TaggedResource } from "../../aws/tagged-resources";
import type { Creation } from "../../run/creations";
import { type Account, importId } from "./import-ids";

/** A resource that a plan would create. */
export interface Wanted {
  readonly address: string;
  readonly type: string;
  /** What is known of its arguments before it exists. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** An object that may exist, and be what a plan would create. */
export interface Candidate {
  readonly address: string;
  /** What Terraform imports it by. */
  readonly id: string;
  readonly by: "record" | "tags" | "name";
}

/** Where candidates come from. */
export interface Sources {
  readonly recorded: readonly Creation[];
  readonly tagged: readonly TaggedResource[];
  readonly account: Account;
}

/**
 * What the service overwrites, or takes twice, when it is created once more: looking for it by its name would import what
 * nobody has set.
 */
const overwritten =
  /^aws_(?:s3_bucket_\w+|s3_object|iam_role_policy(?:_attachment)?|autoscaling_lifecycle_hook|backup_vault_\w+|cloudwatch_(?:dashboard|event_\w+|log_metric_filter|log_resource_policy|metric_alarm)|ecr_lifecycle_policy|efs_\w+_policy|sns_topic_policy|wafv2_web_acl_(?:association|logging_configuration))$/;

/** What may be the object of a resource: by the record of earlier runs and by its tags, or else by its name. */
export function candidatesFor(
  { address, type, values }: Wanted,
  { recorded, tagged, account }: Sources,
): readonly Candidate[] {
  const created = recorded.find((creation) => creation.address === address)?.ids ?? [];
  const of = (by: Candidate["by"], ids: readonly (string | undefined)[]): readonly Candidate[] =>
    ids.flatMap((id) => {
      const found = importId(type, values, { account, ...(id === undefined ? {} : { id }) });
      return found === undefined ? [] : [{ address, id: found, by }];
    });
  const fitting = tagged.filter((one) => one.type === type && hasTags(one, values["tags_all"]));
  const found = [
    ...of("record", created),
    ...of(
      "tags",
      fitting.map(({ id }) => id),
    ),
  ];
  const known = found.filter(({ id }, index) => found.findIndex((one) => one.id === id) === index);
  if (known.length > 0 || created.length > 0) return known;
  return overwritten.test(type) ? [] : of("name", [undefined]);
}

/** Whether an object has every tag of a plan. */
function hasTags({ tags }: TaggedResource, planned: unknown): boolean {
  const entries = Object.entries(Object(planned) as Readonly<Record<string, unknown>>);
  return entries.length > 0 && entries.every(([key, value]) => tags[key] === value);
}
