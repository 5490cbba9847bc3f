import { joinedName, type Layers, Rewriting } from "./rewriting";

type Block = Readonly<Record<string, unknown>>;
type Named = Readonly<Record<string, Block>>;
type Blocks = Readonly<Record<string, Named>>;

/** All layers of an environment in one root module, in which they refer to each other without states. */
export interface JoinedRoot {
  readonly variable: Named;
  readonly resource: Blocks;
  readonly data: Blocks;
  readonly ephemeral: Blocks;
}

/**
 * Joins the layers of an environment, since a scanner sees one root module at a time, and judges a bucket by the resources
 * that refer to it. Each resource's name is followed by its layer's. What another layer puts out stands where its state
 * was read.
 */
export function joinLayers(layers: Layers): JoinedRoot {
  const roots = Object.entries(layers).map(([layer, json]) => {
    const named = (blocks: Named) => renamed(layer, new Rewriting(layers, layer), blocks);
    const typed = (blocks: Blocks = {}) =>
      Object.fromEntries(Object.entries(blocks).map(([type, all]) => [type, named(all)]));
    const { terraform_remote_state: states, ...data } = json.data ?? {};
    return {
      variable: named(json.variable ?? {}),
      resource: typed(json.resource),
      // A state is read no more, unless it is that of a layer which is not among them.
      data: typed(Object.keys(states ?? {}).every((state) => state in layers) ? data : json.data),
      ephemeral: typed(json.ephemeral),
    };
  });
  return {
    variable: Object.assign({}, ...roots.map(({ variable }) => variable)) as Named,
    resource: merged(roots.map(({ resource }) => resource)),
    data: merged(roots.map(({ data }) => data)),
    ephemeral: merged(roots.map(({ ephemeral }) => ephemeral)),
  };
}

function renamed(layer: string, rewriting: Rewriting, named: Named): Named {
  return Object.fromEntries(
    // A block stays a block.
    Object.entries(named).map(([name, given]) => [joinedName(name, layer), rewriting.value(given) as Block]),
  );
}

function merged(all: readonly Blocks[]): Blocks {
  const types = new Set(all.flatMap((blocks) => Object.keys(blocks)));
  return Object.fromEntries(
    // Names of different layers differ.
    [...types].map((type) => [type, Object.assign({}, ...all.map((blocks) => blocks[type])) as Named]),
  );
}
