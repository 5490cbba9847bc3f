import { isNode, isScalar, type Pair, type YAMLMap } from "yaml";

/** Takes a pair out of its map. */
export function takeOut({ map, pair }: { readonly map: YAMLMap; readonly pair: Pair }): void {
  map.items.splice(map.items.indexOf(pair), 1);
}

/** The pair of a map with this key. */
export function pairOf(map: YAMLMap, name: unknown): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === String(name));
}

/** Adds a pair below the comments that end a map, which are about the pair before. */
export function append(map: YAMLMap, pair: Pair): void {
  // A blank line between a key and its map would consist of the map's indentation.
  if (isNode(pair.key) && map.items.length === 0) pair.key.spaceBefore = false;
  if (isNode(pair.key) && map.flow !== true) {
    const comments = [map.comment, pair.key.commentBefore].filter((comment) => typeof comment === "string");
    if (comments.length > 0) pair.key.commentBefore = comments.join("\n");
    map.comment = null;
  }
  map.items.push(pair);
}
