import type { Block, Blocks, LayerJson } from "./layer-json";
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
  /** The gaps that it would have fallen into. */
  readonly met: readonly Gap[];
}

/** Leaves out what moto cannot do, and keeps states in local files. */
export function forMoto(layer: LayerJson, stateFile: (layer: string) => string): Adapted {
  const met = new Set<Gap>();
  const adapted = {
    ...layer,
    terraform: { ...layer.terraform, backend: { local: { path: "terraform.tfstate" } } },
    // An operation that moto lacks should fail soon, not after 25 attempts.
    provider: { ...layer.provider, aws: layer.provider.aws.map((block) => ({ ...block, max_retries: 3 })) },
    resource: withoutGaps(layer.resource, met),
    ...(layer.data && { data: withLocalStates(layer.data, stateFile) }),
  };
  return { json: withFilledAttributes(adapted, met), met: [...met] };
}

function withoutGaps(blocks: Blocks, met: Set<Gap>): Blocks {
  const types = Object.entries(blocks).flatMap(([type, named]) => {
    const missing = missingTypes.find((gap) => gap.type === type);
    if (missing === undefined) return [[type, adaptedBlocks(type, named, met)] as const];
    met.add(missing);
    return [];
  });
  return Object.fromEntries(types);
}

function adaptedBlocks(type: string, named: Blocks[string], met: Set<Gap>): Blocks[string] {
  const ignored = ignoredChanges.filter((gap) => gap.type === type);
  const resources = Object.entries(named).map(([name, block]) => {
    const refused = refusedArguments.filter(
      (gap) => gap.type === type && gap.argument in block && (gap.names ?? [name]).includes(name),
    );
    [...ignored, ...refused].forEach((gap) => met.add(gap));
    const accepted = refused.reduce(withoutArgument, independent(block));
    return [name, ignoring(accepted, ignored)] as const;
  });
  return Object.fromEntries(resources);
}

/** A resource that waits for nothing that is missing. */
function independent(block: Block): Block {
  if (!("depends_on" in block)) return block;
  // Addresses, as Terraform has it.
  const addresses = block["depends_on"] as readonly string[];
  const isThere = (address: string) => missingTypes.every(({ type }) => !address.startsWith(`${type}.`));
  return { ...block, depends_on: addresses.filter(isThere) };
}

function withoutArgument(block: Block, { argument, instead }: ArgumentGap): Block {
  const { [argument]: value, ...others } = block;
  // What is given otherwise is text.
  return instead === undefined ? others : { ...others, [argument]: instead(value as string) };
}

function ignoring(block: Block, gaps: typeof ignoredChanges): Block {
  if (gaps.length === 0) return block;
  // As Terraform has it.
  const lifecycle = block["lifecycle"] as { readonly ignore_changes?: readonly string[] } | undefined;
  const attributes = [...(lifecycle?.ignore_changes ?? []), ...gaps.map(({ attribute }) => attribute)];
  return { ...block, lifecycle: { ...lifecycle, ignore_changes: attributes } };
}

function withLocalStates(data: Blocks, stateFile: (layer: string) => string): Blocks {
  const states = Object.keys(data["terraform_remote_state"] ?? {}).map(
    (layer) => [layer, { backend: "local", config: { path: stateFile(layer) } }] as const,
  );
  return { ...data, terraform_remote_state: Object.fromEntries(states) };
}

/** Puts something else where expressions refer to what moto leaves empty. */
function withFilledAttributes(layer: LayerJson, met: Set<Gap>): LayerJson {
  return emptyAttributes.reduce((json, gap) => {
    const text = JSON.stringify(json);
    const references = Object.keys(json.resource[gap.type] ?? {}).map(
      (name) => `${gap.type}.${name}.${gap.attribute}`,
    );
    const filled = references.reduce((all, reference) => all.replaceAll(reference, gap.instead), text);
    if (filled === text) return json;
    met.add(gap);
    // Still a layer: only expressions have changed.
    const changed = JSON.parse(filled) as LayerJson;
    return { ...changed, resource: merged(changed.resource, gap.resource) };
  }, layer);
}

function merged(blocks: Blocks, more: Blocks): Blocks {
  const types = Object.entries(more).map(([type, named]) => [type, { ...blocks[type], ...named }] as const);
  return { ...blocks, ...Object.fromEntries(types) };
}
