import { faultText } from "../../../aws/fault";
import { listStateObjects } from "../../../aws/state-objects";
import { readState } from "../../../aws/state-versions";
import { recoverLine } from "../../../run/recover-line";
import type { Verdict } from "../../../run/verdict";
import { troubleText } from "../../../runner/stored-states/guard";
import { troubleOf } from "../../../runner/stored-states/look";
import type { DoctorLook } from "../ground";

/** Whether the state of each layer in the bucket is the one that a run has left there. */
export const storedStates: DoctorLook = {
  about: "stored states",
  why: "where a state is damaged, older or gone, an apply would create once more what it lacks, and is refused",
  look: async ({ run }) => {
    const bucket = await listStateObjects(run, "look");
    if (bucket.kind === "no bucket")
      return { state: "skipped", found: "there is no state bucket until the first apply" };
    if (bucket.kind === "fault") return { state: "skipped", found: faultText(bucket.fault) };
    const found = await Promise.all(
      run.layers.map(async (layer): Promise<readonly Verdict[]> => {
        const read = bucket.states.has(layer.name) ? await readState(run, layer.name) : undefined;
        if (read !== undefined && "fault" in read && read.fault.code !== "NoSuchKey")
          return [
            {
              state: "skipped",
              found: `${layer.name}: its state cannot be read: ${faultText(read.fault)}`,
            },
          ];
        const trouble = await troubleOf(run, layer, read !== undefined && "text" in read ? read : undefined);
        if (trouble === undefined) return [];
        const cure = `To restore an earlier version of it, run: ${recoverLine(run, layer)}`;
        return [{ state: "failed", found: `${layer.name}: ${troubleText(trouble)}`, cure }];
      }),
    );
    return found.flat().length === 0
      ? { state: "ok", found: "whole, as far as there are any" }
      : found.flat();
  },
};
