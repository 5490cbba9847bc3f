import { commandLine } from "../command-line/request";
import { recoverLine } from "../run/recover-line";
import type { Run } from "../run/run";
import { type MissingNeed, missingNeed } from "../terraform/needs";

/** E.g. `it reads outputs of "kms", whose state has none`. */
export function needText({ need, lacks }: MissingNeed): string {
  return `it reads outputs of "${need.name}", whose state has ${lacks === undefined ? "none" : `no ${lacks}`}`;
}

/**
 * How to apply a layer that another one reads from, or the first of those that it needs itself. A state without outputs may be one that was
 * lost: an apply alone would create everything in it once more.
 */
export async function needHint(run: Run, { need, lacks }: MissingNeed): Promise<string> {
  const deeper = await missingNeed(run, need);
  if (deeper !== undefined) return needHint(run, deeper);
  const { request } = run;
  const apply = commandLine(request, { command: "apply", only: [need.name] });
  const again = `then run: ${commandLine(request)}`;
  if (lacks !== undefined) return `Apply it, run: ${apply}; ${again}`;
  return `To find and import what exists of "${need.name}", run: ${recoverLine(run, need)}; then apply it, run: ${apply}; ${again}`;
}
