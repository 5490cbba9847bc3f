import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
  type YAMLError,
} from "yaml";

export type Path = readonly (string | number)[];

/** A place in a file, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A problem whose place in the file is known. */
export interface PlacedProblem {
  readonly position: Position;
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
}

/** A YAML file that remembers where each of its values stands. */
export interface ConfigFile {
  /** The file's map; undefined when the file is not one map, or cannot be read as YAML. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly problems: readonly PlacedProblem[];
  has(path: Path): boolean;
  /** Where a setting stands: its value when that is a scalar, else its key; the nearest parent when it is absent. */
  find(path: Path, part?: "key" | "value"): Position;
}

/** Reads a YAML file; what is wrong with it is returned, not thrown. */
export function parseConfigFile(text: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const errors = [...document.errors, ...document.warnings];
  const problems = [
    ...errors.map((error) => syntaxProblem(error, text, lines)),
    ...refusedNodes(document, lines),
  ];
  const root = document.contents;
  const readable = problems.length === errors.length && errors.every(({ code }) => code === "DUPLICATE_KEY");
  if (readable && !isMap(root)) problems.push(notMap(root, lines));
  return {
    data: readable && isMap(root) ? plainData(document) : undefined,
    problems,
    has: (path) => trail(document, path).length === path.length,
    find: (path, part) => positionOf(trail(document, path), { path, part, lines, root }),
  };
}

interface Step {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

/** The nodes along a path, ending where the file has no more of it. */
function trail(document: Document, path: Path): readonly Step[] {
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

function child(parent: unknown, segment: string | number): Step | undefined {
  if (isSeq(parent) && typeof segment === "number") {
    const item = parent.items[segment];
    return isNode(item) ? { key: undefined, value: item } : undefined;
  }
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
  if (pair === undefined) return undefined;
  return { key: nodeOrNothing(pair.key), value: nodeOrNothing(pair.value) };
}

function nodeOrNothing(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}

interface Search {
  readonly path: Path;
  readonly part: "key" | "value" | undefined;
  readonly lines: LineCounter;
  readonly root: Node | null;
}

function positionOf(steps: readonly Step[], { path, part, lines, root }: Search): Position {
  const last = steps.at(-1);
  if (last === undefined) return at(root?.range?.[0] ?? 0, lines);
  const found = steps.length === path.length;
  const valueWanted = found && part !== "key" && isScalar(last.value) && isWritten(last.value);
  const node = valueWanted ? last.value : (last.key ?? last.value);
  return at(node?.range?.[0] ?? 0, lines);
}

/** A key without a value has an empty one, which stands nowhere. */
function isWritten({ value, source }: Scalar): boolean {
  return value !== null || source !== "";
}

function at(offset: number, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function plainData(document: Document): Record<string, unknown> {
  // The caller has seen that the content is a map, and toJS turns a map into an object.
  return document.toJS() as Record<string, unknown>;
}

function notMap(root: unknown, lines: LineCounter): PlacedProblem {
  const empty = root === null || (isScalar(root) && root.value === null);
  const offset = isNode(root) && !empty ? (root.range?.[0] ?? 0) : 0;
  return {
    position: at(offset, lines),
    path: [],
    message: empty ? "the file is empty" : "the file is not a map of settings",
    hint: "Begin with configs/example.yaml, which explains every setting",
  };
}

/** Aliases make one place of the file decide about another, and a key that is a map is a forgotten template. */
function refusedNodes(document: Document, lines: LineCounter): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const refuse = (node: Node, message: string, hint: string) =>
    problems.push({ position: at(node.range?.[0] ?? 0, lines), path: [], message, hint });
  visit(document, {
    Alias: (_, alias) => void refuse(alias, `"*${alias.source}" is an alias`, "Write the value out"),
    Pair: (_, { key }) => {
      if (isNode(key) && !isScalar(key)) refuse(key, "this key is not text", "Write text before the colon");
    },
  });
  return problems;
}

function syntaxProblem(error: YAMLError, text: string, lines: LineCounter): PlacedProblem {
  const position = at(error.pos[0], lines);
  if (error.code === "DUPLICATE_KEY") {
    const key = /^["']?([^:\s"']+)/.exec(text.slice(error.pos[0]))?.[1] ?? "key";
    return { position, path: [], message: `"${key}" is there twice`, hint: "Keep one of the two" };
  }
  if (error.code === "MULTIPLE_DOCS") {
    return { position, path: [], message: "a second document begins here", hint: 'Remove the line "---"' };
  }
  return { position, path: [], message: `this is not YAML: ${error.message}`, hint: "Correct the syntax" };
}
