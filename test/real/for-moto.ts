import { addressesOf, type Block, type Blocks, type LayerJson } from "./layer-json";
import {
  type ArgumentGap,
  emptyAttributes,
  type Gap,
  ignoredChanges,
  missingTypes,
  refusedArguments,
} from "./moto-gaps";

/** A layer that moto can take. */
export interface Adapted {
  readonly json: LayerJson;
  /** The gaps that it met on the way. */
  readonly met: readonly Gap[];
}

/** Takes out what moto cannot do, and keeps state in local files; whoever refers to what is gone gets a literal instead. */
export function forMoto(layer: LayerJson, stateFile: (layer: string) => string): Adapted {
  const met = new Set<Gap>();
  const resource = withoutGaps(layer.resource, met);
  const left = addressesOf(resource);
  const removed = addressesOf(layer.resource).filter((address) => !left.includes(address));
  const adapted = {
    ...layer,
    terraform: { ...layer.terraform, backend: { local: { path: "terraform.tfstate" } } },
    // An operation that moto lacks should fail at once instead of 25 times.
    provider: { ...layer.provider, aws: layer.provider.aws.map((block) => ({ ...block, max_retries: 3 })) },
    resource,
    ...(layer.data && { data: withLocalStates(layer.data, stateFile) }),
  };
  // Still a layer: strings and lists in it have changed, its form has not.
  const json = withFilledAttributes(withoutReferences(adapted, new Set(removed)) as LayerJson, met);
  return { json, met: [...met] };
}

function withoutGaps(blocks: Blocks, met: Set<Gap>): Blocks {
  const types = Object.entries(blocks).flatMap(([type, named]) => {
    const missing = missingTypes.find((gap) => gap.type === type);
    if (missing === undefined) return [[type, withoutArguments(type, named, met)] as const];
    met.add(missing);
    return [];
  });
  return Object.fromEntries(types);
}

function withoutArguments(type: string, named: Blocks[string], met: Set<Gap>): Blocks[string] {
  const resources = Object.entries(named).map(([name, block]) => {
    const gaps = refusedArguments.filter(
      (gap) => gap.type === type && gap.argument in block && (gap.names ?? [name]).includes(name),
    );
    gaps.forEach((gap) => met.add(gap));
    return [name, withIgnoredChanges(type, gaps.reduce(withoutArgument, block), met)] as const;
  });
  return Object.fromEntries(resources);
}

function withIgnoredChanges(type: string, block: Block, met: Set<Gap>): Block {
  const ignored = ignoredChanges.filter((gap) => gap.type === type);
  if (ignored.length === 0) return block;
  ignored.forEach((gap) => met.add(gap));
  // As cdktf writes it.
  const lifecycle = block["lifecycle"] as { readonly ignore_changes?: readonly string[] } | undefined;
  const attributes = [...(lifecycle?.ignore_changes ?? []), ...ignored.map(({ attribute }) => attribute)];
  return { ...block, lifecycle: { ...lifecycle, ignore_changes: attributes } };
}

function withoutArgument(block: Block, { argument, instead }: ArgumentGap): Block {
  const { [argument]: value, ...others } = block;
  // Those that are given otherwise are strings.
  return instead === undefined ? others : { ...others, [argument]: instead(value as string) };
}

function withLocalStates(data: Blocks, stateFile: (layer: string) => string): Blocks {
  const states = Object.keys(data["terraform_remote_state"] ?? {}).map(
    (layer) => [layer, { backend: "local", config: { path: stateFile(layer) } }] as const,
  );
  return { ...data, terraform_remote_state: Object.fromEntries(states) };
}

function withFilledAttributes(layer: LayerJson, met: Set<Gap>): LayerJson {
  return emptyAttributes.reduce((json, gap) => {
    const { type, attribute, instead, resource } = gap;
    const text = JSON.stringify(json);
    const references = Object.keys(json.resource[type] ?? {}).map((name) => `${type}.${name}.${attribute}`);
    const replaced = references.reduce((all, reference) => all.replaceAll(reference, instead), text);
    if (replaced === text) return json;
    met.add(gap);
    // Still a layer: only expressions in it have changed.
    const changed = JSON.parse(replaced) as LayerJson;
    return { ...changed, resource: merged(changed.resource, resource) };
  }, layer);
}

function merged(blocks: Blocks, more: Blocks): Blocks {
  const types = Object.entries(more).map(([type, named]) => [type, { ...blocks[type], ...named }] as const);
  return { ...blocks, ...Object.fromEntries(types) };
}

/** The same with a literal for every reference to a removed resource; in `depends_on` and the like it goes. */
function withoutReferences(value: unknown, removed: ReadonlySet<string>): unknown {
  if (typeof value === "string") return withLiterals(value, removed);
  if (Array.isArray(value)) {
    const kept = (value as unknown[]).filter((item) => typeof item !== "string" || !removed.has(item));
    return kept.map((item) => withoutReferences(item, removed));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutReferences(item, removed)]),
  );
}

/** `type.name.attribute[0].part` inside an expression, as a whole. */
const reference = /\b(aws_\w+\.[\w-]+)((?:\.\w+|\[\d+\])+)/g;

function withLiterals(text: string, removed: ReadonlySet<string>): string {
  return text.replace(reference, (all, address: string, path: string) =>
    removed.has(address) ? JSON.stringify(literal(address, path)) : all,
  );
}

/** Something of the shape that AWS would have given. */
function literal(address: string, path: string): string {
  const [type = "", name = ""] = address.split(".");
  const service = type.split("_")[1] ?? "";
  return path.endsWith("arn") ? `arn:aws:${service}:us-west-2:123456789012:${name}` : name;
}
