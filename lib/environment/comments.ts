import { isNode, type Pair, type YAMLSeq } from "yaml";

/** Puts the comments around a removed item above the next one, or at the end of the list. */
export function leaveComments(removed: unknown, list: YAMLSeq, index: number): void {
  if (!isNode(removed)) return;
  const comments = [removed.commentBefore, removed.comment].filter((comment) => typeof comment === "string");
  const next = list.items[index];
  if (comments.length === 0) return;
  if (isNode(next)) next.commentBefore = [...comments, next.commentBefore ?? []].flat().join("\n");
  else list.comment = [list.comment ?? [], ...comments].flat().join("\n");
}

/** Puts the comments around one pair above the key of another. */
export function takeComments(from: Pair, to: Pair): void {
  if (!isNode(to.key)) return;
  const around = [from.key, from.value].flatMap((node) =>
    isNode(node) ? [node.commentBefore, node.comment] : [],
  );
  const comments = [...around, to.key.commentBefore].filter((comment) => typeof comment === "string");
  if (comments.length > 0) to.key.commentBefore = comments.join("\n");
}
