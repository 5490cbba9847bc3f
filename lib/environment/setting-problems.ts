import { z } from "zod";
import type { Path, SettingProblem } from "./setting-problem";
import { expectation, fact, refusedChoice } from "./setting-messages";
import { excludedKey, misplacedKey } from "./excluded-key";
import { repeatedEntries } from "./repeated-entries";
import { outline } from "./schema-outline";
import { explanationIn } from "../layer/refused-value";
import { suggestion } from "../suggestions";

/** A value checked against its schema: complete with defaults, or everything that is wrong with it. */
export type Checked =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

type Issue = z.core.$ZodIssue;
type IssueOf<Code extends Issue["code"]> = Extract<Issue, { code: Code }>;

interface Place {
  readonly schema: z.ZodType;
  /** Where the schema's value stands in the file. */
  readonly path: Path;
}

/** Checks the value that stands at a path of the file. */
export function checkSetting(schema: z.ZodType, value: unknown, path: Path): Checked {
  const result = schema.safeParse(value, { error: expectation, reportInput: true });
  const repeated = repeatedEntries(schema, value, path);
  if (result.success && repeated.length === 0) return { ok: true, value: result.data };
  const issues = withoutEchoes(result.error?.issues ?? []);
  return {
    ok: false,
    problems: [...issues.flatMap((issue) => translate(issue, { schema, path })), ...repeated],
  };
}

/** Zod measures even what is of the wrong type: text where a list belongs also has "too many items". */
function withoutEchoes(issues: readonly Issue[]): readonly Issue[] {
  const wrongType = new Set(
    issues.filter(({ code }) => code === "invalid_type").map(({ path }) => path.join("\n")),
  );
  return issues.filter(({ code, path }) => code === "invalid_type" || !wrongType.has(path.join("\n")));
}

/** The problem of a key that no schema knows, among the keys that are known beside it. */
export function unknownKey(path: Path, known: readonly string[], noun = "setting"): SettingProblem {
  const meant = suggestion(String(path.at(-1)), known);
  const message = meant === undefined ? `unknown ${noun}` : `unknown ${noun}; did you mean "${meant}"?`;
  if (known.length === 0) return { path, part: "key", message, hint: "Remove it" };
  return { path, part: "key", message, hint: `Known here: ${known.join(", ")}` };
}

function translate(issue: Issue, place: Place): readonly SettingProblem[] {
  if (issue.code === "unrecognized_keys") return unknownKeys(issue, place);
  if (isMissing(issue)) return [missing(issue, place)];
  if (issue.code === "invalid_union") return union(issue, place);
  const path = absolute(issue, place);
  if (issue.code === "invalid_key") {
    const hint = issue.issues.map(({ message }) => `It ${message}`).join("; ");
    return [{ path, part: "key", message: `${quoted(path.at(-1))} is not accepted as a name`, hint }];
  }
  if (issue.message.startsWith("must "))
    return [{ path, message: fact(issue), hint: `It ${issue.message}`, ...quotedNumber(issue.input) }];
  return [{ path, message: issue.message, ...givenHint(issue) }];
}

function quotedNumber(input: unknown): Pick<SettingProblem, "quoted"> {
  return typeof input === "number" || typeof input === "boolean" ? { quoted: String(input) } : {};
}

function quoted(word: unknown): string {
  return JSON.stringify(word);
}

/** A rule inside a schema passes its hint along as `params.hint`. */
function givenHint(issue: Issue): { hint?: string } {
  const hint: unknown = issue.code === "custom" ? issue.params?.["hint"] : undefined;
  return typeof hint === "string" ? { hint } : {};
}

function absolute(issue: Issue, place: Place): Path {
  // Zod allows symbols in paths; a file that was text has none.
  return [...place.path, ...(issue.path as Path)];
}

function unknownKeys(issue: IssueOf<"unrecognized_keys">, place: Place): readonly SettingProblem[] {
  // As above: paths of text hold no symbols.
  const below = issue.path as Path;
  const { keysAt, belowAt, formsWith } = outline(place.schema);
  const known = keysAt(below);
  const deeper = belowAt(below);
  return issue.keys.map((key) => {
    const path = [...absolute(issue, place), key];
    if (known.includes(key)) return excludedKey(path, formsWith(below, key), issue.input);
    const [holder, ...others] = deeper.filter(([, names]) => names.has(key));
    return holder === undefined || others.length > 0
      ? unknownKey(path, known)
      : misplacedKey(path, holder[0]);
  });
}

/** Whether nothing was written: no value at all, or no value that chooses between the forms of a union. */
function isMissing(issue: Issue): boolean {
  const choice = choiceOf(issue);
  return choice === undefined
    ? issue.input === undefined && issue.code !== "custom"
    : choice.chosen === undefined;
}

/** What a file wrote to choose between the forms of a union, and the values it may write. */
function choiceOf(issue: Issue): { readonly chosen: unknown; readonly from: readonly unknown[] } | undefined {
  if (issue.code !== "invalid_union" || !("options" in issue)) return undefined;
  const { input, discriminator, options } = issue;
  if (typeof input !== "object" || input === null || discriminator === undefined) return undefined;
  return { chosen: new Map<string, unknown>(Object.entries(input)).get(discriminator), from: options };
}

function missing(issue: Issue, place: Place): SettingProblem {
  // As above: paths of text hold no symbols.
  const description = outline(place.schema).descriptionAt(issue.path as Path);
  const path = absolute(issue, place);
  const add = `Add "${String(path.at(-1))}"`;
  return { path, message: "is missing", hint: description === undefined ? add : `${add}: ${description}` };
}

/** A union is reported as the form that was most likely meant, or as its forms when that is not clear. */
function union(issue: IssueOf<"invalid_union">, place: Place): readonly SettingProblem[] {
  const choice = choiceOf(issue);
  if (choice !== undefined) {
    const { message, hint } = explanationIn(issue.message) ?? refusedChoice(choice.chosen, choice.from);
    return [{ path: absolute(issue, place), message, hint }];
  }
  const form = likeliestForm(issue, place);
  if (form === undefined) return [noForm(issue, place)];
  return form.flatMap((inner) => translate({ ...inner, path: [...issue.path, ...inner.path] }, place));
}

/** What is wrong with a value taken as the form it is nearest to; undefined when two forms are as near. */
function likeliestForm(issue: IssueOf<"invalid_union">, place: Place): readonly Issue[] | undefined {
  const ranked = issue.errors
    .map((form) => ({ form, misses: misses(form) }))
    .sort((a, b) => a.misses - b.misses);
  const [best, second] = ranked;
  if (best === undefined || best.misses !== second?.misses) return best?.form;
  // As above: paths of text hold no symbols.
  const known = outline(place.schema).keysAt(issue.path as Path);
  const misspelt = best.form.flatMap((inner) => (inner.code === "unrecognized_keys" ? inner.keys : []));
  const meant = misspelt.map((key) => suggestion(key, known));
  return ranked.find(({ form }) =>
    form.some(({ path, input }) => input === undefined && meant.includes(String(path[0]))),
  )?.form;
}

/** How far a value is from one form of a union: what it has too much, what it lacks, and being of another kind. */
function misses(form: readonly Issue[]): number {
  return form.reduce((sum, issue) => {
    if (issue.code === "unrecognized_keys") return sum + 3 * issue.keys.length;
    if (issue.path.length === 0 && isOtherKind(issue)) return sum + 100;
    return sum + (issue.input === undefined ? 2 : 1);
  }, 0);
}

function isOtherKind(issue: Issue): boolean {
  if (issue.code === "invalid_value")
    return !issue.values.some((value) => typeof value === typeof issue.input);
  return issue.code === "invalid_type";
}

function noForm(issue: IssueOf<"invalid_union">, place: Place): SettingProblem {
  const path = absolute(issue, place);
  const keys = outline(place.schema).keysAt(issue.path as Path);
  if (keys.length === 0) return { path, message: fact(issue), hint: allForms(issue) };
  const rivals = rivalKeys(issue, place);
  if (rivals.length > 1) {
    const message = `has ${rivals.join(" and ")}, and only one of them is accepted`;
    return { path, message, hint: `Keep one of: ${rivals.join(", ")}` };
  }
  return { path, message: "has none of the accepted forms", hint: `Give one of: ${keys.join(", ")}` };
}

/** Keys that are given, although no form has all of them. */
function rivalKeys({ input, path }: IssueOf<"invalid_union">, place: Place): readonly string[] {
  const { keysAt, formsWith } = outline(place.schema);
  // As above: paths of text hold no symbols.
  const below = path as Path;
  const given = keysAt(below).filter((key) => typeof input === "object" && Object.hasOwn(input ?? {}, key));
  const [first = ""] = given;
  const together = formsWith(below, first).some(({ properties = {} }) =>
    given.every((key) => Object.hasOwn(properties, key)),
  );
  return together ? [] : given;
}

/** The forms of a union of single values: `It must be 60; or must be 120`. */
function allForms(issue: IssueOf<"invalid_union">): string {
  return `It ${[...new Set(issue.errors.flat().map(({ message }) => message))].join("; or ")}`;
}
