import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { type Existence, existenceOf } from "../../aws/existence";
import { noResultText } from "../../aws/no-result";
import { layerTags, type TaggedResource, taggedResources } from "../../aws/tagged-resources";
import type { Run } from "../../run/run";
import { cutOffLayers } from "../../runner/cut-off-layers";
import type { StateHead } from "../../terraform/state";

/** An object that AWS lists with the tags of a layer, and what AWS says of it when it is asked. */
export interface Listed {
  readonly resource: TaggedResource;
  readonly existence: Existence;
}

/**
 * What tells, without a plan, that something of a layer may be in no state: what has its tags, and journals of runs elsewhere that were
 * cut off. Both are read once for a run.
 */
export class Signs {
  private tagged: Promise<readonly TaggedResource[]> | undefined;
  private cutOff: Promise<ReadonlySet<string>> | undefined;

  constructor(
    private readonly run: Run,
    private readonly layers: readonly AnyLayer[],
  ) {}

  /** Whether there is a sign for this layer. */
  async tell(layer: AnyLayer, state: StateHead | undefined): Promise<boolean> {
    if ((await (this.cutOff ??= cutOffLayers(this.run))).has(layer.name)) return true;
    const tags = Object.entries(layerTags(this.run.loaded.environment, layer));
    const types = this.typesOf(layer);
    const all = await (this.tagged ??= this.list());
    const fitting = all.filter(
      ({ id, type, tags: given }) =>
        types.includes(type) && tags.every(([key, value]) => given[key] === value) && !state?.hasId(id),
    );
    return (await this.examine(fitting)).some(({ existence }) => existence.kind !== "gone");
  }

  /** Everything with the tags of the layers that AWS does not call gone, listed anew. */
  async left(): Promise<readonly Listed[]> {
    const listed = await this.examine(await this.list());
    return listed.filter(({ existence }) => existence.kind !== "gone");
  }

  private async list(): Promise<readonly TaggedResource[]> {
    try {
      return await taggedResources(this.run, this.layers);
    } catch (error) {
      // An answer of an unknown shape must not stop a destroy.
      this.run.events.note(`Not looked for by tags: ${noResultText(error)}`, "warning");
      return [];
    }
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
