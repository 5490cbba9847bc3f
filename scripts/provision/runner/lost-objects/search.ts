import type { AnyLayer } from "../../../../lib/layer/layer";
import { table } from "../../../../lib/table";
import { objectsByKey } from "../../aws/objects-by-key";
import { layerTags, taggedResources } from "../../aws/tagged-resources";
import { counted } from "../../run/counted";
import { recordedCreations } from "../../run/creations";
import type { Run } from "../../run/run";
import type { Terraform } from "../../terraform/terraform";
import { type FoundObject, findObjects } from "./find-objects";
import { type Decision, sortOut } from "./sort-out";

/** A layer, whose folder is initialised. */
export interface Place {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
}

/** Every object that exists, is in no state, and is what the plan of the layer would create; and whether it is to be imported. */
export function searchLayer(run: Run, { layer, terraform }: Place): Promise<readonly Decision[]> {
  const { world, loaded, folders } = run;
  const recorded = recordedCreations(world.files, folders, layer.name);
  return run.events.step(`looking for objects of ${layer.name}`, async () => {
    const tagged = await taggedResources(run, [layer]);
    const sources = { recorded, tagged, byKey: objectsByKey(run), account: loaded.environment };
    const found = await findObjects(terraform, world.files, sources);
    return sortOut(found, { recorded, tags: layerTags(loaded.environment, layer) });
  });
}

const ways: Readonly<Record<FoundObject["by"], string>> = {
  record: "created by an earlier run",
  tags: "has its tags",
  key: "stands in its place",
  name: "has its name",
};

/** Prints what exists beside what the plan of the layer wants, and what is done about each, a phrase. */
export function showFound(
  run: Run,
  { name }: AnyLayer,
  found: readonly { readonly object: FoundObject; readonly effect: string }[],
): void {
  const rows = found.map(({ object, effect }) => [object.address, object.id, ways[object.by], effect]);
  const head = ["the plan would create", "what exists", "how it was found", "effect"];
  const drawn = table({ head, rows, ruled: false, bold: run.screen.ink.bold, width: run.screen.columns });
  run.screen.print(`\n${name}: ${counted(found.length, "object")} in no state\n${drawn}`);
}
