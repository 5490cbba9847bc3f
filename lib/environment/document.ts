import {
  Composer,
  type CST,
  type Document,
  isNode,
  isScalar,
  type LineCounter,
  Parser,
  visit,
  type YAMLMap,
  YAMLParseError,
} from "yaml";

type Items = CST.BlockMap["items"] | CST.BlockSequence["items"];
type Item = Items[number];

/** No setting needs a tenth; everything that goes down a document calls itself, and calls are limited. */
const deepest = 100;

/** Reads YAML as `parseDocument` does, but leaves every comment with what it stands above. */
export function readDocument(text: string, lines: LineCounter): Document {
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const excess = tokens.flatMap((token) => (token.type === "document" ? cutBelow(token, deepest) : []));
  for (const token of tokens) if (token.type === "document" && token.value) placeComments(token.value);
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [document, second] = composer.compose(tokens, true, text.length);
  // The composer was asked for a document in any case.
  if (document === undefined) throw new Error("The YAML composer gave no document");
  if (second !== undefined) {
    const { range } = second;
    document.errors.push(new YAMLParseError([range[0], range[1]], "MULTIPLE_DOCS", "a second document"));
  }
  for (const offset of excess) {
    const message = `lists and maps are nested more than ${deepest} levels deep`;
    document.errors.push(new YAMLParseError([offset, offset + 1], "RESOURCE_EXHAUSTION", message));
  }
  visit(document, {
    Map: (_, map) => {
      document.errors.push(...repeatedKeys(map));
    },
  });
  return document;
}

/** Empties a document that is nested too deeply, and gives the place where it is. */
function cutBelow(document: CST.Document, levels: number): readonly number[] {
  const open: { token: CST.Token | undefined | null; level: number }[] = [
    { token: document.value, level: 1 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, level } = next;
    if (!token || !("items" in token)) continue;
    if (level > levels) {
      delete document.value;
      return [token.offset];
    }
    const below = level + 1;
    for (const { key, value } of token.items)
      open.push({ token: key, level: below }, { token: value, level: below });
  }
  return [];
}

/** What `uniqueKeys` finds, in a time that grows with the number of keys and not with its square. */
function repeatedKeys({ items }: YAMLMap): readonly YAMLParseError[] {
  const seen = new Set<unknown>();
  return items.flatMap(({ key }) => {
    const value = isScalar(key) ? key.value : key;
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
    return [new YAMLParseError([offset, offset + 1], "DUPLICATE_KEY", "Map keys must be unique")];
  });
}

/**
 * Of the comments that follow a nested block, some may be indented as the block is and others as its parent is. The
 * parser gives all of them to the block; those of the parent belong above the parent's next key. And comments above
 * the first key of a block are that key's, as those above every other key are.
 */
function placeComments(token: CST.Token): void {
  if (token.type !== "block-map" && token.type !== "block-seq") return;
  const items: Items = token.items;
  for (let index = 0; index < items.length; index += 1) {
    const { value, sep } = items[index] ?? {};
    if (value === undefined) continue;
    if (sep) giveToFirst(sep, value);
    placeComments(value);
    const outdented = takeOutdented(value);
    const next = items[index + 1];
    if (outdented.length === 0) continue;
    if (next === undefined) items.push({ start: outdented });
    else next.start.unshift(...outdented);
  }
}

/** Takes the lines of comments between a key's colon and its block to the first item of the block. */
function giveToFirst(colon: CST.SourceToken[], token: CST.Token): void {
  if (token.type !== "block-map" && token.type !== "block-seq") return;
  const start = colon.findIndex(({ type }) => type === "newline") + 1;
  const between = colon.slice(start);
  if (start === 0 || !between.every(({ type }) => ["space", "newline", "comment"].includes(type))) return;
  token.items[0]?.start.unshift(...colon.splice(start));
}

/** Removes the end of a block's last comments from it, from the first that is indented less than the block. */
function takeOutdented(token: CST.Token): CST.SourceToken[] {
  if (token.type !== "block-map" && token.type !== "block-seq") return [];
  const last: Item | undefined = token.items.at(-1);
  if (last === undefined || !isCommentOnly(last)) return [];
  const comment = last.start.findIndex(({ type, indent }) => type === "comment" && indent < token.indent);
  if (comment < 0) return [];
  const outdented = last.start.splice(lineStart(last.start, comment));
  if (last.start.length === 0) token.items.pop();
  return outdented;
}

function isCommentOnly({ key, value }: Item): boolean {
  return key === undefined && value === undefined;
}

/** Where the line of a token begins: after the newline before it, except for blank lines, which go with it. */
function lineStart(tokens: readonly CST.SourceToken[], index: number): number {
  const before = tokens.slice(0, index).findLastIndex(({ type }) => type === "comment");
  // The newline that ends an earlier comment stays with that comment.
  return before < 0 ? 0 : before + 2;
}
