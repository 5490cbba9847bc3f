import type { ObjectsByKey } from "../../aws/objects-by-key";
import type { TaggedResource } from "../../aws/tagged-resources";
import type { Creation } from "../../run/creations";
import { createdAgain } from "../../../../lib/aws-facts/created-again";
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
  readonly by: "record" | "tags" | "key" | "name";
}

/** Where candidates come from. */
export interface Sources {
  readonly recorded: readonly Creation[];
  readonly tagged: readonly TaggedResource[];
  readonly byKey: ObjectsByKey;
  readonly account: Account;
}

/** What may be the object of a resource: by the record of earlier runs and by its tags, or else by its natural key or its name. */
export async function candidatesFor(
  { address, type, values }: Wanted,
  { recorded, tagged, byKey, account }: Sources,
): Promise<readonly Candidate[]> {
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
  const keyed = of("key", await byKey(type, values));
  if (keyed.length > 0) return keyed;
  return createdAgain.includes(type) ? [] : of("name", [undefined]);
}

/** Whether an object has every tag of a plan. */
function hasTags({ tags }: TaggedResource, planned: unknown): boolean {
  const entries = Object.entries(Object(planned) as Readonly<Record<string, unknown>>);
  return entries.length > 0 && entries.every(([key, value]) => tags[key] === value);
}
