/** Controls of terminals, ends of lines, and marks that reorder what is read: https://trojansource.codes */
const unprintable = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A line without characters that would change how it, or what follows it, is shown. */
export function printable(line: string): string {
  return escaped(line.replaceAll("\t", "    "));
}

/** A text without such characters, whose ends of lines and tabs stay. */
export function printableText(text: string): string {
  return text.replace(unprintable, (character) =>
    /[\n\t]/.test(character) ? character : escaped(character),
  );
}

function escaped(text: string): string {
  return text.replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
