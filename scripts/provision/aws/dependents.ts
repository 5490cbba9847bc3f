import type { Dependents } from "../../../lib/layer/retained";
import type { Run } from "../run/run";
import { askAws } from "./client";
import { faultText } from "./fault";
import { noResultText } from "./no-result";

/** What needs a resource; also what AWS does not answer, because a mistake must not cost data. Undefined: nothing. */
export async function reasonToKeep(run: Run, dependents: readonly Dependents[]): Promise<string | undefined> {
  const answers = await Promise.all(dependents.map((each) => neededBy(run, each)));
  const found = [...new Set(answers.flat())];
  return found.length === 0 ? undefined : found.join(", ");
}

async function neededBy(run: Run, dependents: Dependents): Promise<readonly string[]> {
  try {
    const reply = await askAws(run, dependents);
    if (reply.kind === "fault") return [notChecked(dependents, faultText(reply.fault))];
    return dependents.found(reply.output).map((one) => `${one} needs it`);
  } catch (error) {
    return [notChecked(dependents, noResultText(error))];
  }
}

function notChecked({ about }: Dependents, because: string): string {
  return `not checked whether ${about} need it, ${because}`;
}
