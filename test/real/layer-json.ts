/** Arguments of one resource or data source. */
export type Block = Readonly<Record<string, unknown>>;

/** Blocks by type and name. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** A synthesised layer, as far as it is changed for an emulator. */
export interface LayerJson {
  readonly terraform: Block;
  readonly provider: { readonly aws: readonly Block[] };
  readonly resource: Blocks;
  readonly data?: Blocks;
  readonly [other: string]: unknown;
}

/** The address of every resource, without keys. */
export function addressesOf(blocks: Blocks): readonly string[] {
  return Object.entries(blocks).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
}

/** The same with another value in the tags that everything has. */
export function withChangedTag(layer: LayerJson): LayerJson {
  const aws = layer.provider.aws.map((block) => {
    // As cdktf writes it.
    const defaults = (block["default_tags"] ?? []) as readonly { readonly tags: object }[];
    return { ...block, default_tags: defaults.map(({ tags }) => ({ tags: { ...tags, changed: "yes" } })) };
  });
  return { ...layer, provider: { ...layer.provider, aws } };
}
