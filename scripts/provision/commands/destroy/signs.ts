import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { type Existence, existenceOf } from "../../aws/existence";
import { layerTags, type Tagged, type TaggedResource, taggedResources } from "../../aws/tagged-resources";
import type { Unasked } from "../../aws/unasked";
import type { Run } from "../../run/run";
import { assertJournalsRead } from "../../runner/assert-not-cut-off";
import { cutOffRun } from "../../runner/cut-off-run";
import type { FoundObject } from "../../runner/lost-objects/find-objects";
import { type Unplaced, unplacedText } from "../../runner/lost-objects/unplaced";
import type { StateHead } from "../../terraform/state";

/** An object that AWS lists with the tags of a layer, and what AWS says of it when it is asked. */
export interface Listed {
  readonly resource: TaggedResource;
  readonly existence: Existence;
}

/** What may be left, and what AWS did not say about it. */
export interface Left {
  readonly listed: readonly Listed[];
  readonly unasked: readonly Unasked[];
}

/**
 * What tells, without a plan, that something of a layer may be in no state: what has its tags, and journals of runs elsewhere that were
 * cut off. Both are read once for a run.
 */
export class Signs {
  private tagged: Promise<Tagged> | undefined;
  /** What states had before they were destroyed. */
  private readonly stored: StateHead[] = [];
  private readonly imports = new Set<string>();
  private readonly named = new Set<string>();

  constructor(
    private readonly run: Run,
    private readonly layers: readonly AnyLayer[],
  ) {}

  /** Whether there is a sign for this layer, which has this state before it is destroyed. */
  async tell(layer: AnyLayer, state: StateHead | undefined): Promise<boolean> {
    if (state !== undefined) this.stored.push(state);
    await assertJournalsRead(this.run, layer, "destroy");
    if ((await cutOffRun(this.run, layer.name)) !== undefined) return true;
    const tags = Object.entries(layerTags(this.run.loaded.environment, layer));
    const types = this.typesOf(layer);
    const { found } = await (this.tagged ??= taggedResources(this.run, this.layers));
    const fitting = found.filter(
      ({ id, type, tags: given }) =>
        types.includes(type) && tags.every(([key, value]) => given[key] === value) && !state?.has(type, id),
    );
    return (await this.examine(fitting)).some(({ existence }) => existence.kind !== "gone");
  }

  /** Notes objects that are in a state by now, and destroyed with it. */
  imported(objects: readonly FoundObject[]): void {
    for (const { id, wanted } of objects) this.imports.add(`${wanted.type} ${id}`);
  }

  /** Names what no destroy can reach, at once: the record of it goes with the layer. */
  unplaced({ name }: AnyLayer, objects: readonly Unplaced[]): void {
    for (const text of objects.map(unplacedText).filter((one) => !this.named.has(one))) {
      this.named.add(text);
      this.run.events.note(`${name}: may exist, and is in no state: ${text}`, "warning");
    }
  }

  /** The same of all layers, for the end of the run. */
  get unreached(): readonly string[] {
    return [...this.named];
  }

  /**
   * Everything with the tags of the layers that AWS does not call gone, listed anew. What nothing is asked about is only among it if no state
   * had it: AWS lists for hours what is deleted.
   */
  async left(): Promise<Left> {
    const { found, unasked } = await taggedResources(this.run, this.layers);
    const listed = (await this.examine(found)).filter(
      ({ existence, resource }) =>
        existence.kind === "exists" ||
        (existence.kind === "unknown" && (existence.because !== undefined || !this.wasStored(resource))),
    );
    return { listed, unasked };
  }

  private wasStored({ type, id }: TaggedResource): boolean {
    return this.imports.has(`${type} ${id}`) || this.stored.some((state) => state.has(type, id));
  }

  private examine(resources: readonly TaggedResource[]): Promise<readonly Listed[]> {
    return Promise.all(
      resources.map(async (resource) => ({ resource, existence: await existenceOf(this.run, resource) })),
    );
  }

  /** Only objects of these can be imported; instances of node groups have the tags of their layer as well. */
  private typesOf({ name }: AnyLayer): readonly string[] {
    const { world, folders } = this.run;
    return Object.keys(readLayer(world.files, layerFolder(folders.synthesised, name)).resource ?? {});
  }
}
