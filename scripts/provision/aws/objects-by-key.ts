import { naturalKeys } from "../../../lib/aws-facts/natural-keys";
import { isSame, type NaturalKey } from "../../../lib/layer/natural-key";
import type { Run } from "../run/run";
import { askAws } from "./client";
import { faultText } from "./fault";
import { isAbsent } from "./health";
import { noResultText } from "./no-result";

/** Arguments of a resource as Terraform plans them; what is not known yet is absent. */
type Planned = Readonly<Record<string, unknown>>;

/** Asks for the IDs of what exists with the natural key of a planned resource; empty where its type has none. */
export type ObjectsByKey = (type: string, planned: Planned) => Promise<readonly string[]>;

/** What IAM must allow for it. */
export const objectsByKeyActions: readonly string[] = Object.values(naturalKeys).map(({ action }) => action);

/** Asks AWS, once for each list; what it does not answer is noted and not found. */
export function objectsByKey(run: Run): ObjectsByKey {
  const { rehearsal } = run;
  const answers = new Map<string, Promise<unknown>>();
  return async (type, planned) => {
    const key = naturalKeys[type];
    if (key === undefined || key.arguments.some((argument) => planned[argument] === undefined)) return [];
    if (rehearsal !== undefined) return simulated(rehearsal, { type, planned, key });
    const asked = key.ask(planned);
    const question = JSON.stringify(asked);
    const answer = answers.get(question) ?? answerTo(run, type, asked);
    answers.set(question, answer);
    return key.ids(await answer, planned);
  };
}

/** An empty answer where there is none. */
async function answerTo(run: Run, type: string, asked: ReturnType<NaturalKey["ask"]>): Promise<unknown> {
  const note = (because: string): void => {
    run.events.note(`Not looked for: ${type}, ${because}`, "warning");
  };
  try {
    const reply = await askAws(run, asked);
    if (reply.kind === "answered") return reply.output;
    if (!isAbsent(reply.fault)) note(faultText(reply.fault));
  } catch (error) {
    note(noResultText(error));
  }
  return {};
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
