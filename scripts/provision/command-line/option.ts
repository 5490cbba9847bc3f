import type { Format, OptionDeclaration } from "./define";

/** Ways to declare an option. */
export const option = {
  /** On or off. */
  flag: (flags: string, summary: string): OptionDeclaration<boolean> => ({
    flags,
    summary,
    kind: "flag",
    required: false,
    ifAbsent: false,
  }),

  value: (flags: string, summary: string): OptionDeclaration<string | undefined> => ({
    flags,
    summary,
    kind: "value",
    required: false,
    ifAbsent: undefined,
  }),

  /** One of these words, or none. */
  choice: <Choice extends string>(
    flags: string,
    summary: string,
    choices: readonly Choice[],
  ): OptionDeclaration<Choice | undefined> => ({
    ...{ flags, summary, kind: "value", required: false, choices, ifAbsent: undefined },
  }),

  required: (flags: string, summary: string): OptionDeclaration<string> => ({
    flags,
    summary,
    kind: "value",
    required: true,
    ifAbsent: "",
  }),

  /** Repeated, or separated by commas. */
  list: (flags: string, summary: string): OptionDeclaration<readonly string[]> => ({
    flags,
    summary: `${summary}; repeat it, or separate several with commas`,
    kind: "list",
    required: false,
    ifAbsent: [],
  }),

  /** The formats a command prints in; the first is the default. */
  format: <First extends Format, Others extends Format>(
    first: First,
    ...others: readonly Others[]
  ): OptionDeclaration<First | Others> => ({
    flags: "--format <format>",
    summary: `${[first, ...others].join(", ")}; default: ${first}`,
    kind: "value",
    required: false,
    choices: [first, ...others],
    ifAbsent: first,
  }),
};
