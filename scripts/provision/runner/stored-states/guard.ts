import { exitCodes, UserError } from "../../../../lib/errors";
import { recoverLine } from "../../run/recover-line";
import type { Run } from "../../run/run";
import { counted } from "../../run/counted";
import { startOver } from "../../run/start-over";
import type { StateGuard } from "../../run/state-guard";
import { terraformFiles } from "../../run/folders";
import { minuteOf } from "../../screen/minute";
import { printable } from "../../screen/printable";
import { type Last, type Trouble, troubleOf } from "./look";

/** Looks at each state once in a run. */
export function guardStates(run: Run): StateGuard {
  const whole = new Set<string>();
  return {
    assertWhole: async (layer, { verb, folder }) => {
      // Its state is a file on this machine, until there is a bucket.
      const isLocal = run.world.files.read(`${folder}/${terraformFiles.backendOverride}`) !== undefined;
      if (isLocal || whole.has(layer)) return;
      const trouble = await troubleOf(run, { name: layer });
      if (trouble !== undefined) throw refusal(run, { layer, verb }, trouble);
      whole.add(layer);
    },
  };
}

function refusal(
  run: Run,
  { layer, verb }: { readonly layer: string; readonly verb: string },
  trouble: Trouble,
): UserError {
  const again = startOver(run);
  const recover = recoverLine(run, { name: layer });
  return new UserError(
    `Cannot ${verb} "${layer}": ${troubleText(trouble)}; nothing was changed`,
    again === undefined ? `To restore an earlier version of its state, run: ${recover}` : `Run: ${again}`,
    exitCodes.recoveryNeeded,
  );
}

/** What is wrong with a state, as a clause. */
export function troubleText(trouble: Trouble): string {
  if (trouble.kind === "lost") {
    const when = trouble.deleted === undefined ? "" : `, deleted at ${minuteOf(trouble.deleted)}`;
    return `its state is gone from the bucket${when}, and ${lastText(trouble.last)}: a plan would create all of it once more`;
  }
  if (trouble.kind === "older")
    return `its state in the bucket has serial ${trouble.serial}, and ${lastText({ by: "journal", ...trouble.last })}: a plan would create once more what it lacks`;
  const { reason, text, written } = trouble;
  const when = written === undefined ? "" : ` written at ${minuteOf(written)}`;
  return `its state in the bucket is damaged: ${reason} (${Buffer.byteLength(text)} bytes${when})`;
}

function lastText(last: Last): string {
  if (last.by === "journal")
    return printable(
      `run ${last.run} of ${last.user} left it with serial ${last.serial} at ${minuteOf(new Date(last.time))}`,
    );
  const { version, serial, objects } = last;
  const when = version.written === undefined ? "" : ` of ${minuteOf(version.written)}`;
  if (serial === undefined) return `its last version${when} cannot be read`;
  return `its last version${when} has ${counted(objects ?? 0, "object")} (serial ${serial})`;
}
