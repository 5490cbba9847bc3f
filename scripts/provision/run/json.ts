/** What a text says as JSON; undefined when it is none. No error, because that would repeat a part of the text. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
