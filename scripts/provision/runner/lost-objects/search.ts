import type { AnyLayer } from "../../../../lib/layer/layer";
import { readEnvironment } from "../../../../synthesis/read";
import { table } from "../../../../lib/table";
import { objectsByKey } from "../../aws/objects-by-key";
import { layerTags, taggedResources } from "../../aws/tagged-resources";
import type { Unasked } from "../../aws/unasked";
import { unaskedLines } from "../../aws/unasked-text";
import { counted } from "../../run/counted";
import { recordedCreations } from "../../run/creations";
import type { Run } from "../../run/run";
import { pullStateHead } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";
import { existingBeside } from "./displaced";
import { type Displaced, type FoundObject, findObjects } from "./find-objects";
import { addressIn } from "./in-state";
import { type Decision, sortOut } from "./sort-out";
import { type Unplaced, unplacedOf } from "./unplaced";

/** A layer, whose folder is initialised. */
export interface Place {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
  /** The ID of an object that is this layer's, whatever tags it has. */
  readonly adopted?: string | undefined;
}

/** An object in the state that the plan would delete there, and create at another address, where its name or its place is taken then. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
  readonly id: string;
}

/** What a search has found, and what it could not ask AWS for. */
export interface Search {
  readonly decisions: readonly Decision[];
  /** What exists beside what the state has at its address, as far as AWS was asked. */
  readonly displaced: readonly Displaced[];
  readonly unplaced: readonly Unplaced[];
  readonly renamed: readonly Renamed[];
  /** Empty: nothing was missed. */
  readonly unasked: readonly Unasked[];
}

/**
 * Every object that exists, is in no state, and is what the plan of the layer would create; and whether it is to be imported. Prints what
 * could not be asked.
 */
export async function searchLayer(run: Run, { layer, terraform, adopted }: Place): Promise<Search> {
  const { world, loaded, folders } = run;
  const recorded = recordedCreations(world.files, folders, layer.name);
  const search = await run.events.step(`looking for objects of ${layer.name}`, async () => {
    const tagged = await taggedResources(run, [layer]);
    const unasked = [...tagged.unasked];
    const byKey = objectsByKey(run, (one) => unasked.push(one));
    const sources = { recorded, tagged: tagged.found, byKey, account: loaded.environment };
    const found = await findObjects(terraform, world.files, sources);
    const tags = layerTags(loaded.environment, layer);
    const environment = readEnvironment(world.files, folders.synthesised, run.layers);
    const configured = { environment, layer: layer.name };
    const state = await pullStateHead(terraform);
    const beside = found.displaced.filter(({ type, id }) => state?.has(type, id) !== true);
    const { displaced, unplaced } = await existingBeside(run, layer, { displaced: beside, state });
    const stored = new Map(
      found.found.map((object) => [object, addressIn(state, object, loaded.environment)] as const),
    );
    const lost = found.found.filter((object) => stored.get(object) === undefined);
    const missing = found.wanted.filter(({ address }) => !lost.some((one) => one.address === address));
    const decisions = sortOut({ found: lost, missing }, { recorded, tags, configured, unasked, adopted });
    const renamed = [...stored].flatMap(([{ address: to, id, by }, from]) =>
      from !== undefined && found.ended.includes(from) && (by === "name" || by === "key")
        ? [{ from, to, id }]
        : [],
    );
    return {
      ...{ decisions, displaced, renamed, unasked },
      unplaced: [...unplaced, ...unplacedOf(run, layer, { state, found })],
    };
  });
  for (const line of unaskedLines(search.unasked)) run.events.note(line, "warning");
  return search;
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
