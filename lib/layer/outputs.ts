/** An output that is one string. */
export interface TextOutput {
  readonly kind: "text";
  readonly description: string;
  /** Pattern of the value once applied; unset: any non-empty string. */
  readonly pattern?: RegExp;
}

/** An output that is a map of strings, whose keys are in the configuration (a zone, a data class). */
export interface KeyedOutput<Key extends string = string> {
  readonly kind: "keyed";
  readonly description: string;
  /** The keys that always exist; unset if they depend on the environment. */
  readonly keys?: readonly Key[];
}

export type Outputs = Readonly<Record<string, TextOutput | KeyedOutput>>;

/** The values that a layer's `build` returns for its outputs. */
export type Published<O extends Outputs> = { readonly [Name in keyof O]: PublishedValue<O[Name]> };
type PublishedValue<O> = O extends KeyedOutput<infer Key> ? Readonly<Record<Key, string>> : string;

/** The outputs as a later layer receives them: placeholders to pass on, not to index, loop over, measure or compare. */
export type Received<O extends Outputs> = { readonly [Name in keyof O]: ReceivedValue<O[Name]> };
type ReceivedValue<O> = O extends KeyedOutput<infer Key> ? Keyed<Key> : string;

/** A keyed output as its reader sees it. */
export interface Keyed<Key extends string = string> {
  at(key: Key): string;
}

/** Declares an output that is one string, e.g. an ID or an ARN. */
export function text(description: string, pattern?: RegExp): TextOutput {
  return pattern === undefined ? { kind: "text", description } : { kind: "text", description, pattern };
}

/** Declares an output that is a map of strings, e.g. subnet IDs by availability zone. */
export function byKey<const Key extends string = string>(
  description: string,
  keys?: readonly Key[],
): KeyedOutput<Key> {
  return keys === undefined ? { kind: "keyed", description } : { kind: "keyed", description, keys };
}

/** Compares the outputs that Terraform reports with the declared ones; returns one sentence for each difference. */
export function outputBreaches(outputs: Outputs, found: Readonly<Record<string, unknown>>): string[] {
  const undeclared = Object.keys(found).filter((name) => !Object.hasOwn(outputs, name));
  return [
    ...Object.entries(outputs).flatMap(([name, output]) => breach(name, output, found[name])),
    ...undeclared.map((name) => `"${name}" is not declared`),
  ];
}

function breach(name: string, output: TextOutput | KeyedOutput, value: unknown): string[] {
  if (value === undefined || value === null) return [`"${name}" is missing`];
  if (output.kind === "text") {
    if (typeof value !== "string" || value === "") return [`"${name}" is not a non-empty string`];
    if (output.pattern && !output.pattern.test(value))
      return [`"${name}" is "${value}", which does not match ${String(output.pattern)}`];
    return [];
  }
  if (typeof value !== "object" || Array.isArray(value)) return [`"${name}" is not a map`];
  const entries = new Map<string, unknown>(Object.entries(value));
  const absent = (output.keys ?? []).filter((key) => !entries.has(key));
  const wrong = [...entries].filter(([, item]) => typeof item !== "string" || item === "");
  return [
    ...absent.map((key) => `"${name}" has no "${key}"`),
    ...wrong.map(([key]) => `"${name}.${key}" is not a non-empty string`),
  ];
}
