import { exitCodes } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Run } from "../../run/run";
import { needHint, needText } from "../../runner/need-hint";
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
  return new TerraformFailure("other", error.output, {
    command: error.command,
    message: `Cannot destroy "${name}": ${needText(missing)}`,
    hint: await needHint(run, missing),
    exitCode: exitCodes.recoveryNeeded,
  });
}
