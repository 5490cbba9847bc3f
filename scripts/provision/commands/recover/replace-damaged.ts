import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { recoverLine } from "../../run/recover-line";
import { troubleText } from "../../runner/stored-states/guard";
import { troubleOf } from "../../runner/stored-states/look";
import type { StateHead } from "../../terraform/state";
import type { RecoverRun } from "./index";
import { lastState } from "./last-state";
import { putState } from "./put-state";
import { withSerial } from "./restored-text";
import { candidates } from "./versions";

/** A state that an earlier run could not save, and its file. */
interface Unsaved {
  readonly path: string;
  readonly unsaved: StateHead;
}

/**
 * Puts an unsaved state in the place of a damaged one in the bucket, which Terraform could not read to compare the two. An older one only
 * if its file is named.
 */
export async function replaceDamaged(run: RecoverRun, layer: AnyLayer, of: Unsaved): Promise<void> {
  // Its bucket is started over with it.
  if (run.rehearsal !== undefined) return;
  const trouble = await troubleOf(run, layer);
  if (trouble?.kind !== "damaged") return;
  const { path, unsaved } = of;
  const found = await candidates(run, layer.name);
  const { lineage, serial, isCertain } = await lastState(run, layer, { trouble, found });
  if (lineage !== undefined && lineage !== unsaved.lineage)
    throw refusal(run, layer, { path, because: "has another lineage than that state had" });
  const isOlder = unsaved.serial < serial;
  if (isOlder && run.request.state === undefined)
    throw refusal(run, layer, {
      ...{ path, because: `has serial ${unsaved.serial}, where that state had ${serial}` },
      all: `to put it there all the same, run: ${recoverLine(run, layer, { state: path, yes: true })}; `,
    });
  const text = run.world.files.read(path) ?? "";
  run.screen.print(`\n${layer.name}: ${troubleText(trouble)}; ${path} takes its place`);
  await putState(run, layer, {
    ...{ trouble, lacks: isOlder || !isCertain },
    text: isOlder ? withSerial(text, serial + 1) : text,
  });
}

function refusal(
  run: RecoverRun,
  layer: AnyLayer,
  { path, because, all = "" }: { readonly path: string; readonly because: string; readonly all?: string },
): UserError {
  const hint = `${all}to restore a version of the bucket instead, move that file away, and run: ${recoverLine(run, layer)}`;
  return new UserError(
    `Cannot recover "${layer.name}": its state in the bucket is damaged, and the one in ${path} ${because}`,
    `${hint.charAt(0).toUpperCase()}${hint.slice(1)}`,
    exitCodes.recoveryNeeded,
  );
}
