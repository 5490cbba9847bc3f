import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { Path } from "./setting-problem";

/** One step down a document. */
export interface Step {
  /** Undefined for an item of a list. */
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

/** The nodes along a path, ending where the document has no more of it. */
export function trail(document: Document, path: Path): readonly Step[] {
  const steps: Step[] = [];
  let node: unknown = document.contents;
  for (const segment of path) {
    const step = child(node, segment);
    if (step === undefined) return steps;
    steps.push(step);
    node = step.value;
  }
  return steps;
}

/** Where a path leads in the text: to its value when that is a scalar, else to its key, or to the nearest parent. */
export function offsetOf(document: Document, path: Path, part?: "key" | "value"): number {
  const steps = trail(document, path);
  const found = steps.length === path.length;
  const last = steps.at(-1);
  const valueWanted = found && part !== "key" && isScalar(last?.value) && isWritten(last.value);
  const nodes = steps.flatMap(({ key, value }) => (key === undefined ? [value] : [key]));
  const wanted = valueWanted ? [...nodes, last.value] : nodes;
  // A migration may have added nodes, which stand nowhere in the text.
  const placed = wanted.findLast((node) => node?.range) ?? document.contents;
  return placed?.range?.[0] ?? 0;
}

/** The path of every key and every value, to be asked after the document was changed. */
export function pathsByNode(document: Document): ReadonlyMap<Node, Path> {
  const paths = new Map<Node, Path>();
  const note = (node: unknown, path: Path) => {
    if (!isNode(node)) return;
    paths.set(node, path);
    if (isSeq(node))
      node.items.forEach((item, index) => {
        note(item, [...path, index]);
      });
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      const inner = [...path, isScalar(key) ? String(key.value) : ""];
      if (isNode(key)) paths.set(key, inner);
      note(value, inner);
    }
  };
  note(document.contents, []);
  return paths;
}

function child(parent: unknown, segment: string | number): Step | undefined {
  if (isSeq(parent) && typeof segment === "number") {
    const item = parent.items[segment];
    return isNode(item) ? { key: undefined, value: item } : undefined;
  }
  if (!isMap(parent)) return undefined;
  const pair = pairsOf(parent).get(String(segment));
  if (pair === undefined) return undefined;
  return { key: nodeOrNothing(pair.key), value: nodeOrNothing(pair.value) };
}

/** Of maps that were asked for a key; nothing changes a document once it is asked where its keys stand. */
const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = indexes.get(map);
  if (known !== undefined) return known;
  // Of a key that is defined twice, the first is found.
  const named = map.items
    .toReversed()
    .flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : []));
  const index = new Map(named);
  indexes.set(map, index);
  return index;
}

function nodeOrNothing(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}

/** A key without a value has an empty one, which stands nowhere. */
function isWritten({ value, source }: Scalar): boolean {
  return value !== null || source !== "";
}
