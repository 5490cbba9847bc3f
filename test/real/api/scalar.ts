/** Text as the type of a shape; undefined where it is none. */
export function scalarOf(type: string, text: string): unknown {
  switch (type) {
    case "integer":
    case "long":
      return /^-?\d+$/.test(text) ? Number(text) : undefined;
    case "float":
    case "double":
      return text !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case "boolean":
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined;
    case "blob":
      return isBase64(text) ? Buffer.from(text, "base64") : undefined;
    case "structure":
    case "list":
    case "map":
      return undefined;
    default:
      return text;
  }
}

/** Node ignores what is not of the alphabet. */
export function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
