import { type Document, isMap, isScalar, isSeq, type Pair, YAMLMap } from "yaml";
import { leaveComments, takeComments } from "./comments";
import type { Path } from "./setting-problem";
import { append, pairOf, takeOut } from "./yaml-pairs";

/** Stands in a path for every key of a map and every item of a list. */
export const each = Symbol("each");
export type Pattern = readonly (string | number | typeof each)[];

/** A setting that could not be renamed or moved, and was taken out. */
export interface Conflict {
  readonly key: unknown;
  /** Where it belongs. */
  readonly to: Path;
  /** The key that is there already; undefined when there is no map to move it to. */
  readonly taken: unknown;
}

interface Found {
  readonly map: YAMLMap;
  readonly pair: Pair;
}

/** Changes a YAML document in place: comments, order and styles stay, and nodes keep the places they had in the text. */
export class DocumentEditor {
  readonly conflicts: Conflict[] = [];
  private count = 0;

  constructor(readonly document: Document) {}

  /** How many changes were applied. */
  get changes(): number {
    return this.count;
  }

  /** Gives another name to the last key of a path, wherever the pattern finds one. */
  rename(pattern: Pattern, name: string): void {
    const last = pattern.at(-1);
    for (const { node, path } of this.expand(pattern.slice(0, -1))) {
      const pair = isMap(node) ? pairOf(node, last) : undefined;
      if (!isMap(node) || pair === undefined) continue;
      const taken = pairOf(node, name)?.key;
      if (taken === undefined) this.nameKey(pair, name);
      else this.refuse({ map: node, pair }, { to: [...path, name], taken });
    }
  }

  /** Moves a setting and its comments to the end of another map, which is created where there is none. */
  move(from: readonly string[], to: readonly [...string[], string]): void {
    const found = this.find(from);
    if (found === undefined) return;
    const [map, name] = [this.mapAt(to.slice(0, -1)), String(to.at(-1))];
    const taken = map && pairOf(map, name)?.key;
    if (map === undefined || taken !== undefined) this.refuse(found, { to, taken });
    else {
      takeOut(found);
      append(map, found.pair);
      this.nameKey(found.pair, name);
      this.removeEmptied(from.slice(0, -1), found.pair);
    }
  }

  /** Moves a setting like `move`, with another value; one that `translate` does not know stays where it is. */
  moveAs(
    from: readonly string[],
    to: readonly [...string[], string],
    translate: (value: unknown) => unknown,
  ): void {
    const value = this.find(from)?.pair.value;
    const translated = isScalar(value) ? translate(value.value) : undefined;
    if (!isScalar(value) || translated === undefined) return;
    value.value = translated;
    this.move(from, to);
  }

  /** Removes a setting and its comments, and maps that it leaves empty. */
  remove(path: readonly string[]): void {
    const found = this.find(path);
    if (found === undefined) return;
    takeOut(found);
    this.count += 1;
    this.removeEmptied(path.slice(0, -1), found.pair);
  }

  /** Writes a value where the file has none, so that the file keeps a default that has changed. */
  setDefault(pattern: Pattern, value: unknown): void {
    const start = pattern.lastIndexOf(each) + 1;
    const rest = pattern.slice(start).map(String);
    for (const { path } of this.expand(pattern.slice(0, start))) {
      const map = this.mapAt([...path, ...rest.slice(0, -1)]);
      const name = String(rest.at(-1));
      if (map === undefined || pairOf(map, name)) continue;
      append(map, this.document.createPair(name, value));
      this.count += 1;
    }
  }

  /** Replaces a value at a path; its comments stay. */
  replace(path: readonly string[], value: unknown, by: unknown): void {
    const scalar = this.find(path)?.pair.value;
    if (!isScalar(scalar) || scalar.value !== value) return;
    scalar.value = by;
    this.count += 1;
  }

  /** Adds a setting to every map that a pattern finds, unless the map has it. */
  addTo(pattern: Pattern, name: string, value: unknown): void {
    for (const { node } of this.expand(pattern)) {
      if (!isMap(node) || pairOf(node, name)) continue;
      append(node, this.document.createPair(name, value));
      this.count += 1;
    }
  }

  /** Removes a value from every list that a pattern finds; its comments stay in the list. */
  removeItem(pattern: Pattern, value: unknown): void {
    for (const { node } of this.expand(pattern)) {
      if (!isSeq(node)) continue;
      const indexOf = () => node.items.findIndex((item) => isScalar(item) && item.value === value);
      for (let index = indexOf(); index >= 0; index = indexOf()) {
        const [removed] = node.items.splice(index, 1);
        leaveComments(removed, node, index);
        this.count += 1;
      }
    }
  }

  /** Everything that stands where a pattern leads. */
  private expand(pattern: Pattern): readonly { readonly node: unknown; readonly path: Path }[] {
    return pattern.reduce<{ node: unknown; path: Path }[]>(
      (found, segment) =>
        found.flatMap(({ node, path }) =>
          children(node)
            .filter(({ key }) => segment === each || String(key) === String(segment))
            .map(({ key, value }) => ({ node: value, path: [...path, key] })),
        ),
      [{ node: this.document.contents, path: [] }],
    );
  }

  private find(path: readonly string[]): Found | undefined {
    const map = this.expand(path.slice(0, -1))[0]?.node;
    const pair = isMap(map) ? pairOf(map, path.at(-1)) : undefined;
    return isMap(map) && pair ? { map, pair } : undefined;
  }

  /** The map at a path, created where nothing stands; undefined where something else does. */
  private mapAt(path: Path): YAMLMap | undefined {
    let map = this.document.contents;
    for (const segment of path) {
      if (!isMap(map)) return undefined;
      map = mapBelow(this.document, map, String(segment));
    }
    return isMap(map) ? map : undefined;
  }

  /** Maps that a move has emptied would be unknown settings; their comments go with what was moved. */
  private removeEmptied(path: readonly string[], moved: Pair): void {
    const found = this.find(path);
    if (found === undefined || !isMap(found.pair.value) || found.pair.value.items.length > 0) return;
    takeComments(found.pair, moved);
    takeOut(found);
    this.removeEmptied(path.slice(0, -1), moved);
  }

  private refuse(found: Found, where: Omit<Conflict, "key">): void {
    takeOut(found);
    this.conflicts.push({ key: found.pair.key, ...where });
  }

  private nameKey({ key }: Pair, name: string): void {
    // Only scalar keys are found.
    if (isScalar(key)) key.value = name;
    this.count += 1;
  }
}

function children(node: unknown): readonly { readonly key: string | number; readonly value: unknown }[] {
  if (isSeq(node)) return node.items.map((value, key) => ({ key, value }));
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => (isScalar(key) ? [{ key: String(key.value), value }] : []));
}

function mapBelow(document: Document, map: YAMLMap, name: string): YAMLMap | null {
  const pair = pairOf(map, name);
  if (pair === undefined) {
    const created = new YAMLMap(document.schema);
    append(map, document.createPair(name, created));
    return created;
  }
  if (isScalar(pair.value) && pair.value.value === null) {
    const { anchor, comment } = pair.value;
    pair.value = Object.assign(new YAMLMap(document.schema), { anchor, commentBefore: comment });
  }
  return isMap(pair.value) ? pair.value : null;
}
