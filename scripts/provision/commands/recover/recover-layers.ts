import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { cureOf } from "../../aws/failure";
import { faultText } from "../../aws/fault";
import { readState } from "../../aws/state-versions";
import { commandLine } from "../../command-line/request";
import { recordedCreations } from "../../run/creations";
import { bootstrapLayer } from "../../run/run";
import { warnOfUnread } from "../../runner/assert-not-cut-off";
import { cutOffRun } from "../../runner/cut-off-run";
import { isAnythingListed } from "../../runner/lost-objects/bootstrap-leftovers";
import { needHint, needText } from "../../runner/need-hint";
import { storedJournals } from "../../runner/read-journals";
import { terraformFor } from "../../terraform/for-layer";
import { layerFolders } from "../../terraform/layer-folders";
import { type MissingNeed, missingNeed } from "../../terraform/needs";
import { foundProcess } from "../../terraform/running-process";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import type { RecoverRun } from "./index";
import { recoverObjects } from "./recover-objects";
import { RecoveryFailures } from "./recovery-failures";
import { withState } from "./with-state";

/**
 * Looks for objects that no state has, of each layer that is selected by name, or whose last apply was cut off, or of which a state was
 * `lost`; returns how many. Of which something could not be recovered is told at the end: the others do not wait for it.
 */
export async function recoverLayers(run: RecoverRun, lost: ReadonlySet<AnyLayer>): Promise<number> {
  const isSuspect = async (layer: AnyLayer) =>
    run.request.only.length > 0 || lost.has(layer) || (await wasCutOff(run, layer));
  const layers: AnyLayer[] = [];
  for (const layer of run.selected) if (isNamed(run) || (await isSuspect(layer))) layers.push(layer);
  const failures = new RecoveryFailures(run);
  for (const layer of layers) await failures.after(() => recoverLayer(run, layer, () => isSuspect(layer)));
  failures.assertNone();
  if (!isNamed(run)) await assertTold(run);
  return layers.length;
}

/** Throws where AWS does not give journals: of runs elsewhere that were cut off, nothing else tells. */
async function assertTold(run: RecoverRun): Promise<void> {
  const [fault] = (await storedJournals(run)).faults;
  if (fault === undefined) return warnOfUnread(run);
  throw new UserError(
    `Cannot tell whether runs elsewhere have left objects of "${run.loaded.environment.name}" in no state: the journals in the state bucket are not read, ${faultText(fault)}`,
    `${cureOf(run, fault)}; then run: ${commandLine(run.request)}; without the journals, it searches the layers that are named with --only`,
    exitCodes.recoveryNeeded,
  );
}

function isNamed({ request: { only, from, until } }: RecoverRun): boolean {
  return only.length > 0 || from !== undefined || until !== undefined;
}

/** Here, or elsewhere by its journal. */
async function wasCutOff(run: RecoverRun, layer: AnyLayer): Promise<boolean> {
  const { world, folders } = run;
  const { name } = layer;
  const isAtWork = layerFolders(folders, name).some((folder) => foundProcess(world, folder) !== undefined);
  if (isAtWork || recordedCreations(world.files, folders, name).length > 0) return true;
  if ((await cutOffRun(run, name)) !== undefined) return true;
  return layer === bootstrapLayer(run) && hasLeftovers(run, layer);
}

/** Of a bootstrap that was cut off elsewhere, nothing tells but the account. */
async function hasLeftovers(run: RecoverRun, layer: AnyLayer): Promise<boolean> {
  const { world, folders, rehearsal } = run;
  const isHere = world.files.read(`${folders.bootstrap}/${layer.name}.tfstate`) !== undefined;
  if (isHere || rehearsal !== undefined) return false;
  const found = await readState(run, layer.name);
  if (!("fault" in found)) return false;
  return found.fault.code === "NoSuchBucket"
    ? isAnythingListed(run, layer)
    : found.fault.code === "NoSuchKey";
}

/** Of a range of layers, those that were never applied are told of, too, and are no reason to fail. */
async function recoverLayer(
  run: RecoverRun,
  layer: AnyLayer,
  isSuspect: () => Promise<boolean>,
): Promise<void> {
  if (layer === bootstrapLayer(run))
    return withState(run, layer, (terraform) => recoverObjects(run, { layer, terraform }));
  await terraformFor(run, layer, { verb: "recover" }).initialise();
  const missing = await missingNeed(run, layer);
  if (missing !== undefined) {
    if (await isSuspect()) throw await notPlannable(run, layer, missing);
    run.screen.print(`\n${layer.name}: not looked for, because ${needText(missing)}`);
    return;
  }
  await withPrivateEndpoint(run, layer, async (variables) => {
    const terraform = terraformFor(run, layer, { verb: "recover", variables });
    await recoverObjects(run, { layer, terraform });
  });
}

/** What a layer would have is known once those are applied that it reads from. */
async function notPlannable(run: RecoverRun, { name }: AnyLayer, missing: MissingNeed): Promise<UserError> {
  return new UserError(
    `Cannot look for objects of "${name}": ${needText(missing)}`,
    await needHint(run, missing),
    exitCodes.recoveryNeeded,
  );
}
