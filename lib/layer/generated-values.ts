/** What is not a function of the environment file: the time, and chance. */
export interface Generating {
  readonly now: Date;
  readonly randomBytes: (count: number) => Buffer;
}

/**
 * Values of Terraform variables that are generated for a run, by name; Terraform reads values that are not text as JSON. For
 * arguments of which only the first value matters, because changes of them are ignored.
 */
export type GeneratedValues = Readonly<Record<string, string>>;
