import type { AnyLayer } from "../../lib/layer/layer";

/** The layers as a Mermaid flowchart: boxes in order of application, an arrow from each need to its reader. */
export function layerDiagram(layers: readonly AnyLayer[]): string {
  const boxes = layers.map(
    ({ name, summary }, index) => `  ${name}["${index + 1}. ${name}<br/><small>${summary}</small>"]`,
  );
  const arrows = layers.flatMap((layer) => directNeeds(layer).map((need) => `  ${need} --> ${layer.name}`));
  return ["```mermaid", "flowchart LR", ...boxes, ...arrows, "```"].join("\n");
}

/** The needs of a layer that no other need of it brings along: what is left is readable. */
function directNeeds(layer: AnyLayer): string[] {
  const needs = Object.values(layer.needs);
  const indirect = new Set(needs.flatMap((need) => [...namesBelow(need)]));
  return needs.map(({ name }) => name).filter((name) => !indirect.has(name));
}

function namesBelow(need: AnyLayer["needs"][string]): Set<string> {
  // A need is declared by its layer object, which has its own needs.
  const below = Object.values((need as AnyLayer).needs);
  return new Set(below.flatMap((next) => [next.name, ...namesBelow(next)]));
}
