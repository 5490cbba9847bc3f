import type { AwsCall } from "./aws-call";
import type { Asked } from "./question";

/** Arguments of a resource as Terraform plans them; what is not known yet is absent. */
type Planned = Readonly<Record<string, unknown>>;

/** How AWS is asked for the object of a resource that has no name, but of which AWS allows only one with the same values. */
export interface NaturalKey {
  /** The arguments whose values tell the object; each is a part of the question or of the answer. */
  readonly arguments: readonly string[];
  /** IAM action of the call. */
  readonly action: string;
  ask(planned: Planned): Asked;
  /** The IDs, as Terraform imports them, of what the answer has with the planned values. */
  ids(answer: unknown, planned: Planned): readonly string[];
}

/** By Terraform's resource type. */
export type NaturalKeyByType = Readonly<Record<string, NaturalKey>>;

interface Keyed<Output, Item> extends Pick<NaturalKey, "arguments" | "action"> {
  /** `value` is the text of a planned argument. */
  readonly call: (value: (argument: string) => string) => AwsCall<Output>;
  readonly items: (answer: Output) => readonly Item[] | undefined;
  readonly id: (item: Item) => string | undefined;
  /** What the answer has in the place of arguments that the question does not name; unset is as good as null. */
  readonly values?: (item: Item) => Planned;
}

/** A call of the AWS API that lists the objects among which one may have the planned values. */
export function naturalKey<Output, Item>(given: Keyed<Output, Item>): NaturalKey {
  const { arguments: names, action, call, items, id, values } = given;
  return {
    arguments: names,
    action,
    ask: (planned) => ({ call: call((argument) => String(planned[argument])) }),
    ids: (answer, planned) =>
      // The type that `call` declares for its answer.
      (items(answer as Output) ?? [])
        .filter((item) =>
          Object.entries(values?.(item) ?? {}).every(([name, value]) => isSame(planned[name], value)),
        )
        .flatMap((item) => id(item) ?? []),
  };
}

/** Whether two values are the same in AWS, which sends numbers as texts in some places and leaves out what is not set. */
export function isSame(planned: unknown, found: unknown): boolean {
  return plain(planned) === plain(found);
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}
