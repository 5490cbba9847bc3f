import type { Block, Blocks, LayerJson } from "./layer-json";
import { emptyAttributes, type Gap, ignoredChanges } from "./moto-gaps";

/** A layer that moto can take. */
export interface Adapted {
  readonly json: LayerJson;
  /** The gaps that it would have fallen into. */
  readonly met: readonly Gap[];
}

/** Has Terraform ignore what moto changes by itself, and keeps states in local files. */
export function forMoto(layer: LayerJson, stateFile: (layer: string) => string): Adapted {
  const met = new Set<Gap>();
  const adapted = {
    ...layer,
    terraform: { ...layer.terraform, backend: { local: { path: "terraform.tfstate" } } },
    // An operation that moto lacks should fail soon, not after 25 attempts.
    provider: { ...layer.provider, aws: layer.provider.aws.map((block) => ({ ...block, max_retries: 3 })) },
    resource: withIgnoredChanges(layer.resource, met),
    ...(layer.data && { data: withLocalStates(layer.data, stateFile) }),
  };
  return { json: withFilledAttributes(adapted, met), met: [...met] };
}

function withIgnoredChanges(blocks: Blocks, met: Set<Gap>): Blocks {
  const types = Object.entries(blocks).map(([type, named]) => {
    const ignored = ignoredChanges.filter((gap) => gap.type === type);
    ignored.forEach((gap) => met.add(gap));
    const resources = Object.entries(named).map(([name, block]) => [name, ignoring(block, ignored)] as const);
    return [type, Object.fromEntries(resources)] as const;
  });
  return Object.fromEntries(types);
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
