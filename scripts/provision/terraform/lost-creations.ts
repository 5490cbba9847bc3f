import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import type { Creation } from "../run/creations";
import { missingCreations } from "../run/missing-creations";
import { recoverLine } from "../run/recover-line";
import type { Run } from "../run/run";
import { creationsNotIn } from "./creations-not-in";
import { pullStateHead } from "./state";
import type { Terraform } from "./terraform";

/** Objects that a message names. */
const named = 5;

/** As in a message: some of them, with their IDs. */
export function listOf(creations: readonly Pick<Creation, "address" | "ids">[]): string {
  const shown = creations.slice(0, named).map(({ address, ids }) => [address, ...ids].join(" "));
  const more = creations.length > named ? `, and ${creations.length - named} more` : "";
  return `${shown.join(", ")}${more}`;
}

/**
 * What earlier runs on this machine may have created, and the layer's state does not have, but for what a second creation only makes
 * again; the layer's folder is initialised.
 */
export async function lostCreations(
  run: Run,
  layer: AnyLayer,
  terraform: Terraform,
): Promise<readonly Creation[]> {
  if (missingCreations(run, layer, new Map()).length === 0) return [];
  return creationsNotIn(run, layer, await pullStateHead(terraform));
}

/**
 * Throws if there are any, or any of these types: an apply would fail at those with a name, and create the others once more.
 */
export async function assertNothingLost(
  run: Run,
  layer: AnyLayer,
  { terraform, types }: { readonly terraform: Terraform; readonly types?: readonly string[] },
): Promise<void> {
  const all = await lostCreations(run, layer, terraform);
  const lost = all.filter(({ type }) => types?.includes(type) ?? true);
  if (lost.length === 0) return;
  throw new UserError(
    `Cannot ${terraform.context.failed.verb} "${layer.name}": an earlier run was cut off while it created objects, and no state has ${listOf(lost)}`,
    `To find and import those that exist, run: ${recoverLine(run, layer)}`,
    exitCodes.recoveryNeeded,
  );
}
