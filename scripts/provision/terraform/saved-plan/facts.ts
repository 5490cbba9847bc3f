import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer, readText } from "../../../../synthesis/read";
import { readReferences } from "../../../../synthesis/references";
import type { Run } from "../../run/run";
import { outputsOf } from "../needs";
import { sha256, valueDigest } from "../plan-digest";
import { pullStateHead } from "../state";
import type { Terraform } from "../terraform";
import type { SavedLayer } from "./manifest";

/** An output of another layer that a layer reads. */
interface Read {
  readonly layer: string;
  readonly output: string;
}

/** What the plan of a layer is made from now; its folder is initialised. */
export async function factsOf(run: Run, layer: AnyLayer, terraform: Terraform): Promise<SavedLayer["facts"]> {
  const head = await pullStateHead(terraform);
  const folder = layerFolder(run.folders.synthesised, layer.name);
  return {
    configuration: sha256(readText(run.world.files, folder)),
    state: head === undefined ? null : { lineage: head.lineage, serial: head.serial },
    reads: valueDigest(await valuesOf(run, readsOf(run, layer))),
  };
}

/** The outputs that a layer's configuration reads, each once. */
export function readsOf(run: Run, { name }: AnyLayer): readonly Read[] {
  const json = readLayer(run.world.files, layerFolder(run.folders.synthesised, name));
  const found = readReferences(json).flatMap((reference) =>
    "output" in reference ? [[`${reference.layer}.${reference.output}`, reference] as const] : [],
  );
  return [...new Map(found).values()].map(({ layer, output }) => ({ layer, output }));
}

async function valuesOf(run: Run, reads: readonly Read[]): Promise<Readonly<Record<string, unknown>>> {
  const values: Record<string, unknown> = {};
  for (const { layer: name, output } of reads) {
    const layer = run.layers.find((known) => known.name === name);
    if (layer === undefined) continue;
    const outputs = run.known.get(name) ?? (await outputsOf(run, layer));
    values[`${name}.${output}`] = outputs[output] ?? null;
  }
  return values;
}
