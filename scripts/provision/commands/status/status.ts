import { exitCodes } from "../../../../lib/errors";
import type { Stored } from "../../aws/state-objects";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { bootstrapLayer, type Run } from "../../run/run";
import { type AppliedBy, appliedBy } from "./applied-by";
import { listStates } from "./bucket";
import type { StatusRun } from "./index";
import { lockStatus } from "./environment-lock";
import { type EnvironmentStatus, type LayerStatus, statusOf } from "./layer-status";
import { statusText } from "./text";

/** Prints what the state bucket says of each selected layer; the exit code says whether all of it could be read. */
export async function handle(run: StatusRun): Promise<number> {
  const status = await environmentStatus(run);
  const { name, account, region, state } = run.loaded.environment;
  const document = { environment: name, account, region, bucket: state.bucket, ...status };
  if (run.request.format === "json") run.screen.verbatim(JSON.stringify(document, undefined, 2));
  else run.screen.print(statusText(run, status));
  const isFaulty = ({ status: kind }: LayerStatus) => faults.includes(kind);
  return [...status.layers, ...status.leftovers].some(isFaulty) ? exitCodes.failed : exitCodes.done;
}

const faults: readonly LayerStatus["status"][] = ["gone", "older", "unreadable"];

async function environmentStatus(run: Run): Promise<EnvironmentStatus> {
  const stored = await listStates(run);
  const found: Stored = stored ?? { states: new Map(), locks: new Map() };
  const all = run.selected.length === run.layers.length;
  const others = [...found.states.keys()].filter((key) => !run.layers.some(({ name }) => name === key));
  const runs = stored === undefined ? new Map<string, AppliedBy>() : await appliedBy(run);
  const layers = await synthesised(run, async (layer, json) => {
    const status = await statusOf(run, found, { layer: layer.name, outputs: layer.outputs, json });
    const applied = found.states.has(layer.name) ? runs.get(layer.name) : undefined;
    return { ...status, ...(applied === undefined ? {} : { applied }) };
  });
  const { notes, lock } = await lockStatus(run, found);
  const leftovers = await Promise.all(
    (all ? others : []).map((layer) => statusOf(run, found, { layer, outputs: {}, json: {} })),
  );
  return {
    layers,
    // What was destroyed leaves an empty state behind.
    leftovers: leftovers.filter(({ status }) => status !== "no resources"),
    notes: stored === undefined ? [withoutBucket(run)] : notes,
    ...(lock === undefined ? {} : { lock }),
  };
}

async function synthesised(
  run: Run,
  statusOfLayer: (layer: AnyLayer, json: ReturnType<typeof readLayer>) => Promise<LayerStatus>,
): Promise<readonly LayerStatus[]> {
  const { world, layers, loaded, selected, folders } = run;
  const outdir = world.files.absolute(folders.synthesised);
  await world.product.synthesise(layers, loaded, { outdir, deletionProtection: true });
  return Promise.all(
    selected.map((layer) => statusOfLayer(layer, readLayer(world.files, layerFolder(outdir, layer.name)))),
  );
}

function withoutBucket(run: Run): string {
  const { bucket } = run.loaded.environment.state;
  const creator = bootstrapLayer(run);
  const local = creator && `${run.folders.bootstrap}/${creator.name}.tfstate`;
  const begun = local !== undefined && run.world.files.read(local) !== undefined;
  return begun
    ? `There is no state bucket "${bucket}" yet: apply of "${creator?.name ?? ""}" has begun, and its state is ${local}`
    : `There is no state bucket "${bucket}": no layer is applied`;
}
