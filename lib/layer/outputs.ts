/** An output that is one string. */
export interface TextOutput {
  readonly kind: "text";
  readonly description: string;
  /** Pattern of the value once applied; unset: any non-empty string. */
  readonly pattern?: RegExp;
  /** Name beside which the summary after an apply shows the value; unset: it is not shown. */
  readonly shownAs?: string;
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

/** Declares an output that is the URL of a service, which the summary after an apply shows beside the service's name. */
export function url(service: string, description: string, pattern = /^https:\/\//): TextOutput {
  return { kind: "text", description, pattern, shownAs: service };
}

/** Declares an output that is a map of strings, e.g. subnet IDs by availability zone. */
export function byKey<const Key extends string = string>(
  description: string,
  keys?: readonly Key[],
): KeyedOutput<Key> {
  return keys === undefined ? { kind: "keyed", description } : { kind: "keyed", description, keys };
}
