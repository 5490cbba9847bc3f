import { z } from "zod";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { faultText } from "../../aws/fault";
import { readStateObject } from "../../aws/state-object";
import { jsonOrUndefined } from "../../run/json";
import { retryLine, type Run } from "../../run/run";
import { cutLock } from "../../terraform/cut-lock";
import { lockedClause, lockObject, unlockHint } from "../../terraform/state-lock";
import type { Terraform } from "../../terraform/terraform";

/** https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statemgr/locker.go */
const lock = z.object({ ID: z.string(), Who: z.string(), Created: z.string() });

/**
 * Throws while a run holds the lock of a layer's state, on whatever machine: what it has not put into the state yet would be
 * taken for what a killed run left. Terraform holds the lock as long as it applies, and a killed one leaves it.
 */
export async function assertUnlocked(
  run: Run,
  { layer, terraform }: { readonly layer: AnyLayer; readonly terraform: Terraform },
): Promise<void> {
  const object = await readStateObject(run, { layer: layer.name, kind: "lock" });
  if ("fault" in object && object.fault.code === "NoSuchKey") return;
  const retry = retryLine(run, layer);
  if ("fault" in object)
    throw new UserError(
      `Cannot apply "${layer.name}": the lock of its state cannot be read: ${faultText(object.fault)}`,
      `Correct what AWS reports, then run: ${retry}`,
      exitCodes.preflightFailed,
    );
  const read = lock.safeParse(jsonOrUndefined(object.text));
  if (!read.success)
    throw new UserError(
      `Cannot apply "${layer.name}": ${cutLock.clause}`,
      cutLock.hint(lockObject(run.loaded.environment, layer.name), retry),
      exitCodes.locked,
    );
  const holder = { id: read.data.ID, who: read.data.Who, since: read.data.Created };
  throw new UserError(
    `Cannot apply "${layer.name}": ${lockedClause(holder)}`,
    `${unlockHint(holder, terraform.context.failed)}; then run: ${retry}`,
    exitCodes.locked,
  );
}
