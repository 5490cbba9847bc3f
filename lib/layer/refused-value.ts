/** Why a value that selects a form of settings is refused, e.g. one that an earlier release had, and what to write instead. */
export interface RefusedValue {
  readonly message: string;
  readonly hint: string;
}

/** The error option of a discriminated union that explains these values of its discriminator, besides those that it accepts. */
export function explaining(
  discriminator: string,
  refused: Readonly<Record<string, RefusedValue>>,
): (issue: { readonly input?: unknown }) => string | undefined {
  return ({ input }) => {
    const value: unknown = new Map(Object.entries(input ?? {})).get(discriminator);
    const why = typeof value === "string" ? refused[value] : undefined;
    return why === undefined ? undefined : JSON.stringify(why);
  };
}

/** What `explaining` has put into the message of an issue; undefined: the value is refused like any other. */
export function explanationIn(message: string): RefusedValue | undefined {
  // Written above.
  return message.startsWith("{") ? (JSON.parse(message) as RefusedValue) : undefined;
}
