/** Parses JSON; undefined if invalid. Throws no error, whose message would contain a part of the text. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
