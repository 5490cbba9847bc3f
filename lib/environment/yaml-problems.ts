import {
  type Document,
  isAlias,
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
  const aliases = aliasProblems(document, lines);
  const keys = keyProblems(document, lines);
  const refused = [...aliases.problems, ...keys.problems];
  const root = document.contents;
  const parsed = aliases.readable && keys.readable && errors.every(({ code }) => code === "DUPLICATE_KEY");
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

/** The library refuses to resolve more, which a few lines can make of a whole memory. */
const mostAliases = 100;

/** Aliases make one place of the file decide about another. The rest can be judged if they stand for plain values. */
function aliasProblems(document: Document, lines: LineCounter): Readability {
  const problems: PlacedProblem[] = [];
  let readable = true;
  visit(document, {
    Alias: (_, alias) => {
      const message = `"*${alias.source}" is an alias`;
      problems.push({ ...placeOf(alias, lines), message, hint: "Write the value out" });
      readable &&= problems.length <= mostAliases && isPlain(alias.resolve(document));
    },
    Pair: (_, { key, value }) => {
      // Such a pair stands for settings that nobody can see here.
      if (isScalar(key) && key.value === "<<" && isAlias(value)) readable = false;
    },
  });
  return { readable, problems };
}

function isPlain(target: Node | undefined): boolean {
  let plain = target !== undefined;
  if (target !== undefined) visit(target, { Alias: () => void (plain = false) });
  return plain;
}

/**
 * A key that is a map is a forgotten template. JavaScript takes `__proto__` for something other than a key, so it would
 * be lost on the way to Terraform. A key that YAML does not read as text would become another text, or the same as
 * another key: 1.30 would be "1.3". Pairs with such a key are removed, so that the rest can be judged without them.
 */
function keyProblems(document: Document, lines: LineCounter): Readability {
  const problems: PlacedProblem[] = [];
  let readable = true;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isNode(key)) return undefined;
      if (!isScalar(key)) {
        const [message, hint] = ["this key is not text", "Write text before the colon"];
        problems.push({ ...placeOf(key, lines), message, hint });
        readable = false;
        return undefined;
      }
      const problem = keyProblem(key);
      if (problem === undefined) return undefined;
      problems.push({ ...placeOf(key, lines), ...problem });
      return visit.REMOVE;
    },
  });
  return { readable, problems };
}

function placeOf(node: Node, lines: LineCounter): Pick<PlacedProblem, "position" | "path"> {
  return { position: positionAt(node.range?.[0] ?? 0, lines), path: [] };
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
  if (error.code === "RESOURCE_EXHAUSTION")
    return { position, path: [], message: error.message, hint: "Write it with fewer levels" };
  if (error.code === "MULTIPLE_DOCS") {
    return { position, path: [], message: "a second document begins here", hint: 'Remove the line "---"' };
  }
  return { position, path: [], message: `this is not YAML: ${error.message}`, hint: "Correct the syntax" };
}
