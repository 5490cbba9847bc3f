/** Expressions of Terraform, and what the placeholders for them in a text begin with. */
export interface References {
  readonly expressions: readonly string[];
  readonly prefix: string;
}

/** A text with placeholders for expressions; the rest of it contains nothing that looks like one. */
export function withPlaceholders(
  text: string,
  expression: RegExp,
): { readonly plain: string; readonly references: References } {
  let prefix = "reference";
  while (text.includes(`${prefix}-`)) prefix += "x";
  const expressions: string[] = [];
  const plain = text.replaceAll(expression, (found) => {
    expressions.push(found);
    // The end separates it from a digit that follows.
    return `${prefix}-${expressions.length - 1}-`;
  });
  return { plain, references: { expressions, prefix } };
}

/** Every placeholder in a text, with the index of its expression as the only group. */
export function placeholdersOf({ prefix }: Pick<References, "prefix">): RegExp {
  return new RegExp(`${prefix}-(\\d+)-`, "g");
}
