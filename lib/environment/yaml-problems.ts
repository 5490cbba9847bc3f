import {
  type Document,
  isMap,
  isNode,
  isScalar,
  type LineCounter,
  type Node,
  type Scalar,
  visit,
  type YAMLError,
} from "yaml";
import { type PlacedProblem, positionAt } from "./position";

/** What is wrong with a file before its settings are looked at, and whether they can be looked at in spite of it. */
export interface Readability {
  readonly readable: boolean;
  readonly problems: readonly PlacedProblem[];
}

/** Checks that a document is one map whose keys and values stand where they count. */
export function readability(document: Document, text: string, lines: LineCounter): Readability {
  const errors = [...document.errors, ...document.warnings];
  const syntax = errors.map((error) => syntaxProblem(error, text, lines));
  const refused = refusedNodes(document, lines);
  const root = document.contents;
  const parsed = refused.length === 0 && errors.every(({ code }) => code === "DUPLICATE_KEY");
  const shape = parsed && !isMap(root) ? [notMap(root, lines)] : [];
  return { readable: parsed && isMap(root), problems: [...syntax, ...refused, ...shape] };
}

function notMap(root: unknown, lines: LineCounter): PlacedProblem {
  const empty = root === null || (isScalar(root) && root.value === null);
  const offset = isNode(root) && !empty ? (root.range?.[0] ?? 0) : 0;
  return {
    position: positionAt(offset, lines),
    path: [],
    message: empty ? "the file is empty" : "the file is not a map of settings",
    hint: "Begin with configs/example.yaml, which explains every setting",
  };
}

/**
 * Aliases make one place of the file decide about another, and a key that is a map is a forgotten template. JavaScript
 * takes `__proto__` for something other than a key, so it would be lost on the way to Terraform. A key that YAML does not
 * read as text would become another text, or the same as another key: 1.30 would be "1.3".
 */
function refusedNodes(document: Document, lines: LineCounter): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const refuse = (node: Node, message: string, hint: string) =>
    problems.push({ position: positionAt(node.range?.[0] ?? 0, lines), path: [], message, hint });
  visit(document, {
    Alias: (_, alias) => void refuse(alias, `"*${alias.source}" is an alias`, "Write the value out"),
    Pair: (_, { key }) => {
      if (!isNode(key)) return;
      if (!isScalar(key)) refuse(key, "this key is not text", "Write text before the colon");
      else {
        const problem = keyProblem(key);
        if (problem) refuse(key, problem.message, problem.hint);
      }
    },
  });
  return problems;
}

function keyProblem(key: Scalar): { readonly message: string; readonly hint: string } | undefined {
  const { value, source } = key;
  if (value === "__proto__")
    return { message: '"__proto__" is not accepted as a name', hint: "Choose another name" };
  if (value === "" || source === "")
    return { message: "this key is empty", hint: "Write a name before the colon" };
  if (typeof value === "string") return undefined;
  const written = source ?? String(value);
  return {
    message: `YAML reads the key ${written} as ${meaning(value)}, not as text`,
    hint: `Put it in quotes: "${written}"`,
  };
}

function meaning(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "number") return `the number ${value}`;
  return typeof value === "boolean" ? `the boolean ${value}` : "binary data";
}

function syntaxProblem(error: YAMLError, text: string, lines: LineCounter): PlacedProblem {
  const position = positionAt(error.pos[0], lines);
  if (error.code === "DUPLICATE_KEY") {
    const key = /^["']?([^:\s"']+)/.exec(text.slice(error.pos[0]))?.[1] ?? "key";
    return { position, path: [], message: `"${key}" is defined twice`, hint: "Keep one of the two" };
  }
  if (error.code === "MULTIPLE_DOCS") {
    return { position, path: [], message: "a second document begins here", hint: 'Remove the line "---"' };
  }
  return { position, path: [], message: `this is not YAML: ${error.message}`, hint: "Correct the syntax" };
}
