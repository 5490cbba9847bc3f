import { readReferences, type Reference } from "./references";
import { type Arguments, Resource, textsAt } from "./resource";

/** Blocks by type and name. */
type Blocks = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** A layer's synthesised Terraform JSON. */
export interface LayerJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly ephemeral?: Blocks;
  readonly output?: Readonly<Record<string, { readonly value?: unknown; readonly description?: string }>>;
  readonly provider?: Readonly<Record<string, readonly Arguments[]>>;
  readonly variable?: Readonly<Record<string, Arguments>>;
  readonly terraform?: Arguments;
}

/** Every layer of one environment, with the references between resources resolved across layers. */
export class SynthesisedJson {
  readonly resources: readonly Resource[];
  /** Data sources and ephemeral resources, by types such as `data.aws_ami`. */
  readonly reads: readonly Resource[];
  private readonly byAddress: ReadonlyMap<string, Resource>;
  private readonly mentions = new Map<Resource, readonly Resource[]>();

  /** @param layers Terraform JSON by layer, in the order of apply */
  constructor(private readonly layers: Readonly<Record<string, LayerJson>>) {
    this.resources = Object.entries(layers).flatMap(([layer, json]) => blocksOf(layer, json.resource));
    this.reads = Object.entries(layers).flatMap(([layer, { data, ephemeral }]) => [
      ...blocksOf(layer, data, "data."),
      ...blocksOf(layer, ephemeral, "ephemeral."),
    ]);
    this.byAddress = new Map(this.resources.map((resource) => [key(resource), resource]));
  }

  of(...types: readonly string[]): readonly Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** The value of an output as it is synthesised; undefined: the layer has none of this name. */
  output(layer: string, name: string): unknown {
    return this.layers[layer]?.output?.[name]?.value;
  }

  /** The texts at a path of a resource that are written out, there or as the output of another layer that is referred to. */
  written(resource: Resource, path: string): readonly string[] {
    return resource.texts(path).flatMap((text) => this.writtenBehind(text));
  }

  /** The resources that the values at a path of a resource refer to, through other arguments and outputs too. */
  targets(resource: Resource, path: string): readonly Resource[] {
    return this.resolve(resource.layer, resource.values(path));
  }

  /** The resources of a type whose values at a path refer to a resource. */
  referring(target: Resource, type: string, path: string): readonly Resource[] {
    return this.of(type).filter((resource) => this.targets(resource, path).includes(target));
  }

  /** The resources that refer to a resource anywhere. */
  users(target: Resource): readonly Resource[] {
    return this.resources.filter(
      (resource) => resource !== target && this.mentionedIn(resource).includes(target),
    );
  }

  /** The accounts in which the layers' providers may act. */
  get accounts(): readonly string[] {
    const providers = Object.values(this.layers).flatMap(({ provider }) => provider?.["aws"] ?? []);
    return [...new Set(providers.flatMap((given) => textsAt(given, "allowed_account_ids")))];
  }

  /** The layers whose outputs a layer uses. */
  layersUsedBy(layer: string): readonly string[] {
    const found = readReferences(this.layers[layer]);
    return [...new Set(found.flatMap((reference) => ("output" in reference ? [reference.layer] : [])))];
  }

  private writtenBehind(text: string): readonly string[] {
    if (!text.includes("${")) return [text];
    const [reference, ...others] = readReferences(text);
    const isWhole = /^\$\{[^}]*\}$/.test(text) && others.length === 0;
    if (!isWhole || reference === undefined || !("output" in reference)) return [];
    const value = this.outputValue(reference);
    return isText(value) ? this.writtenBehind(value) : [];
  }

  private outputValue({ layer, output, key: name }: Extract<Reference, { output: string }>): unknown {
    const value = this.output(layer, output);
    return isMap(value) && name !== undefined ? value[name] : value;
  }

  private mentionedIn(resource: Resource): readonly Resource[] {
    const known = this.mentions.get(resource);
    if (known !== undefined) return known;
    const found = this.resolve(resource.layer, [resource.given]);
    this.mentions.set(resource, found);
    return found;
  }

  private resolve(layer: string, values: readonly unknown[]): readonly Resource[] {
    const found = readReferences(values).flatMap((reference) => this.follow(layer, reference));
    return [...new Set(found)];
  }

  private follow(layer: string, reference: Reference): readonly Resource[] {
    if ("output" in reference) {
      return this.resolve(reference.layer, [this.outputValue(reference)]);
    }
    const resource = this.byAddress.get(key({ layer, address: reference.address }));
    if (resource === undefined) return [];
    // An argument that is itself a reference leads on: a policy's `bucket` is the bucket.
    const behind = this.resolve(layer, [resource.given[reference.attribute]].filter(isText));
    return behind.length > 0 ? behind : [resource];
  }
}

function blocksOf(layer: string, blocks: Blocks = {}, prefix = ""): readonly Resource[] {
  return Object.entries(blocks).flatMap(([kind, entries]) => {
    const type = `${prefix}${kind}`;
    return Object.entries(entries).map(([name, given]) => new Resource({ layer, type, name, given }));
  });
}

function key({ layer, address }: Pick<Resource, "layer" | "address">): string {
  return `${layer} ${address}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
