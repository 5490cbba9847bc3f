import { naturalKeys } from "../../../lib/aws-facts/natural-keys";
import { isSame, type NaturalKey } from "../../../lib/layer/natural-key";
import type { Run } from "../run/run";
import { askAws, type Reply } from "./client";
import { isAbsent } from "./health";
import { type Unasked, unaskedFor, unreadFor } from "./unasked";

/** Arguments of a resource as Terraform plans them; what is not known yet is absent. */
type Planned = Readonly<Record<string, unknown>>;

/** Asks for the IDs of what exists with the natural key of a planned resource; empty where its type has none. */
export type ObjectsByKey = (type: string, planned: Planned) => Promise<readonly string[]>;

/** What IAM must allow for it. */
export const objectsByKeyActions: readonly string[] = Object.values(naturalKeys).map(({ action }) => action);

/** Asks AWS, once for each list; `unasked` receives what it does not answer, which is not found. */
export function objectsByKey(run: Run, unasked: (one: Unasked) => void): ObjectsByKey {
  const { rehearsal } = run;
  const replies = new Map<string, Promise<Reply<unknown>>>();
  return async (type, planned) => {
    const key = naturalKeys[type];
    if (key === undefined || key.arguments.some((argument) => planned[argument] === undefined)) return [];
    if (rehearsal !== undefined) return simulated(rehearsal, { type, planned, key });
    const question = { about: type, types: [type], action: key.action };
    const asked = key.ask(planned);
    const name = JSON.stringify(asked);
    const asking = replies.get(name) ?? askAws(run, asked, "work");
    replies.set(name, asking);
    try {
      const reply = await asking;
      if (reply.kind === "answered") return key.ids(reply.output, planned);
      if (!isAbsent(reply.fault)) unasked(unaskedFor(run, question, reply.fault));
    } catch (error) {
      unasked(unreadFor(question, error));
    }
    return [];
  };
}

/** The same in a simulated account, which is asked directly. */
function simulated(
  rehearsal: NonNullable<Run["rehearsal"]>,
  wanted: { readonly type: string; readonly planned: Planned; readonly key: NaturalKey },
): readonly string[] {
  const fits = (values: Planned) =>
    wanted.key.arguments.every((argument) => isSame(values[argument], wanted.planned[argument]));
  return rehearsal
    .objects()
    .flatMap(({ type, id, attributes }) => (type === wanted.type && fits(attributes) ? [id] : []));
}
