import { exitCodes } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { commandLine } from "../../command-line/request";
import { recoverLine } from "../../run/recover-line";
import type { Run } from "../../run/run";
import { TerraformFailure } from "../../terraform/failures";
import { type MissingNeed, missingNeed } from "../../terraform/needs";

/** What Terraform says where a state, or an output or an entry of it, is not there; it evaluates a layer before it plans its destruction. */
const absence =
  /Unable to find remote state|Unsupported attribute|Invalid index|does not have an attribute named/;

/** Destroys a layer by `act`; if that fails because a layer has no outputs that this one reads, the error says how to go on. */
export async function explainingNeeds<Result>(
  run: Run,
  layer: AnyLayer,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof TerraformFailure) || !absence.test(error.output) || run.interrupts.draining)
      throw error;
    const missing = await missingNeed(run, layer);
    throw missing === undefined ? error : await unreadable(run, layer, { error, missing });
  }
}

async function unreadable(
  run: Run,
  { name }: AnyLayer,
  { error, missing }: { readonly error: TerraformFailure; readonly missing: MissingNeed },
): Promise<TerraformFailure> {
  const { need, lacks } = missing;
  return new TerraformFailure("other", error.output, {
    command: error.command,
    message: `Cannot destroy "${name}": it reads outputs of "${need.name}", whose state has ${lacks === undefined ? "none" : `no ${lacks}`}`,
    hint: await needHint(run, missing),
    exitCode: exitCodes.recoveryNeeded,
  });
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
