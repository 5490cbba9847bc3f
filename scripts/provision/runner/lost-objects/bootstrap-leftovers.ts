import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { taggedResources } from "../../aws/tagged-resources";
import { taggedTypes } from "../../aws/tagged-types";
import type { Unasked } from "../../aws/unasked";
import { curesOf, unaskedLines, unaskedText } from "../../aws/unasked-text";
import { commandLine } from "../../command-line/request";
import type { Run } from "../../run/run";
import { pullStateHead, type StateHead } from "../../terraform/state";
import { importObjects } from "./import-objects";
import { type Place, searchLayer, showFound } from "./search";
import type { Decision } from "./sort-out";

/**
 * Finds what an earlier bootstrap has left in no state, such as the key of the state bucket, before another one is created. Where the bucket
 * is `adopted`, it and what is of this layer beyond doubt are imported, and what is somebody else's in their place ends the run; otherwise
 * the run stops with the command that adopts. What AWS does not say is serious where nothing is `recorded` on this machine, but an earlier
 * bootstrap has left something.
 */
export async function lookForLeftovers(
  run: Run,
  place: Place,
  { adopted, recorded }: { readonly adopted: boolean; readonly recorded: boolean },
): Promise<void> {
  const { layer, terraform } = place;
  const state = await pullStateHead(terraform);
  const { suspected, unasked } = await suspect(run, layer, state);
  if (unasked.length > 0 && adopted && !recorded) throw notSearched(run, unasked);
  if (adopted && lackingTypes(run, layer, state).length > 0) await adopt(run, place);
  else if (suspected) await assertNothingFound(run, place);
  else warnOf(run, unasked);
}

/** The types of which the state of a layer lacks objects. */
export function lackingTypes(
  { world, folders }: Run,
  { name }: AnyLayer,
  state: StateHead | undefined,
): readonly string[] {
  const { resource = {} } = readLayer(world.files, layerFolder(folders.synthesised, name));
  return Object.entries(resource).flatMap(([type, declared]) =>
    Object.keys(declared).length > (state?.ids(type).length ?? 0) ? [type] : [],
  );
}

/** Whether AWS lists anything with the tags of a layer that has no state. */
export async function isAnythingListed(run: Run, layer: AnyLayer): Promise<boolean> {
  const { suspected, unasked } = await suspect(run, layer, undefined);
  warnOf(run, unasked);
  return suspected;
}

function warnOf({ events }: Run, unasked: readonly Unasked[]): void {
  for (const line of unaskedLines(unasked)) events.note(line, "warning");
}

/** Whether AWS lists anything with the tags of the layer that its state lacks. */
async function suspect(
  run: Run,
  layer: AnyLayer,
  state: StateHead | undefined,
): Promise<{ readonly suspected: boolean; readonly unasked: readonly Unasked[] }> {
  const tagged = taggedTypes.map(([, type]) => type);
  const lacking = lackingTypes(run, layer, state).filter((type) => tagged.includes(type));
  if (lacking.length === 0) return { suspected: false, unasked: [] };
  const { found, unasked } = await taggedResources(run, [layer]);
  return {
    suspected: found.some(({ type, id }) => lacking.includes(type) && state?.has(type, id) !== true),
    unasked: unasked.filter(({ types }) => types.some((type) => lacking.includes(type))),
  };
}

async function assertNothingFound(run: Run, place: Place): Promise<void> {
  const { decisions } = await searchLayer(run, place);
  const own = decisions.filter(({ because }) => because !== "foreign");
  if (own.length === 0) return;
  show(run, { layer: place.layer, decisions: own, otherwise: "not imported" });
  throw notAdopted(run, own);
}

async function adopt(run: Run, place: Place): Promise<void> {
  const { decisions, unasked } = await searchLayer(run, {
    ...place,
    adopted: run.loaded.environment.state.bucket,
  });
  if (decisions.length === 0) return;
  show(run, { layer: place.layer, decisions, otherwise: "import" });
  const left = decisions.filter(({ reason }) => reason !== undefined);
  if (left.length > 0 && unasked.length > 0) throw notSearched(run, unasked);
  const own = left.filter(({ because }) => because !== "foreign");
  if (own.length > 0) throw notAdoptable(run, own);
  const [foreign] = left;
  if (foreign !== undefined) throw somebodyElses(run, place.layer, foreign);
  await importObjects(run, place, {
    objects: decisions.map(({ object }) => object),
    // It was given by the option, or for the bootstrap that is resumed.
    agree: () => Promise.resolve(),
  });
}

function show(
  run: Run,
  all: { readonly layer: AnyLayer; readonly decisions: readonly Decision[]; readonly otherwise: string },
): void {
  const { layer, decisions, otherwise } = all;
  const effect = (reason: string | undefined) =>
    reason === undefined ? otherwise : `not imported: ${reason}`;
  showFound(
    run,
    layer,
    decisions.map(({ object, reason }) => ({ object, effect: effect(reason) })),
  );
}

function notAdopted(run: Run, own: readonly Decision[]): UserError {
  return new UserError(
    `Cannot create the state bucket "${run.loaded.environment.state.bucket}": an earlier run was cut off or its state is lost; no state has ${listOf(own)}`,
    `To adopt what exists, run: ${commandLine(run.request, { adoptStateBucket: true })}`,
    exitCodes.recoveryNeeded,
  );
}

function notAdoptable({ request, loaded }: Run, left: readonly Decision[]): UserError {
  const { bucket, region } = loaded.environment.state;
  const reasons = left.map(({ object: { address, id }, reason = "" }) => `${address} (${id}): ${reason}`);
  return new UserError(
    `Cannot adopt what an earlier run has left of the state bucket "${bucket}": ${reasons.join("; ")}`,
    `To see which key the bucket uses, run: aws s3api get-bucket-encryption --bucket ${bucket} --region ${region}; delete every other one, run: aws kms schedule-key-deletion --key-id <ID> --region ${region}; then run: ${commandLine(request)}`,
    exitCodes.recoveryNeeded,
  );
}

/** Of what stands in the place of this layer's: the alias of the key. */
function somebodyElses(
  { request, loaded, file }: Run,
  layer: AnyLayer,
  { object: { address, id, values }, reason = "" }: Decision,
): UserError {
  const { bucket, region } = loaded.environment.state;
  const { target_key_id: key } = values;
  const target = typeof key === "string" ? ` of the key ${key}` : "";
  const remove = `aws kms delete-alias --alias-name ${id} --region ${region}`;
  const destroy = commandLine(request, { command: "destroy", only: [layer.name] });
  return new UserError(
    `Cannot create ${address} for the state bucket "${bucket}": ${id}${target} exists, and ${reason}`,
    `If another environment or program uses it, run: ${destroy}; then give this environment another name in ${file}; otherwise, delete it, run: ${remove}; then run: ${commandLine(request)}`,
    exitCodes.recoveryNeeded,
  );
}

function notSearched({ request, loaded }: Run, unasked: readonly Unasked[]): UserError {
  return new UserError(
    `Cannot adopt the state bucket "${loaded.environment.state.bucket}": its key may exist, and would be created once more; ${unaskedText(unasked)}`,
    `${curesOf(unasked)}; then run: ${commandLine(request)}`,
    exitCodes.recoveryNeeded,
  );
}

function listOf(decisions: readonly Decision[]): string {
  return decisions.map(({ object: { address, id } }) => `${address} ${id}`).join(", ");
}
