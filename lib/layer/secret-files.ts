/** The source of a secret variable: a file as it is, or files and what is taken from their content. */
export type SecretSource =
  | string
  | {
      readonly files: readonly string[];
      /** Called with the content of each file, in their order. */
      readonly value: (...contents: readonly string[]) => string;
    };

/** The files that a secret variable is read from. */
export function filesOf(source: SecretSource): readonly string[] {
  return typeof source === "string" ? [source] : source.files;
}

/** The value of a secret variable; `read` returns the content of a file, or throws. */
export function valueOf(source: SecretSource, read: (path: string) => string): string {
  const contents = filesOf(source).map(read);
  return typeof source === "string" ? contents.join("") : source.value(...contents);
}
