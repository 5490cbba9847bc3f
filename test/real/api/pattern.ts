/** Classes of Java's regular expressions, which JavaScript writes otherwise; for use within brackets. */
const classes: Readonly<Record<string, string>> = {
  Alpha: "A-Za-z",
  Digit: "0-9",
  Alnum: "A-Za-z0-9",
  Punct: String.raw`!-\/:-@\[-\`{-~`,
  Graph: "!-~",
  Print: " -~",
  Upper: "A-Z",
  Lower: "a-z",
  ASCII: String.raw`\x00-\x7F`,
  Space: String.raw`\s`,
  Blank: String.raw`\x20\t`,
  XDigit: "0-9A-Fa-f",
  Cntrl: String.raw`\x00-\x1F\x7F`,
};

/** What JavaScript lets a backslash stand before, with flag u. */
const escapes = /^[dDwWsSbBfnrtvcxupP0-9^$\\.*+?()[\]{}|/-]$/;

/** Rewrites a pattern of a service model, which is Java's, for JavaScript with flag u; matches the whole text. */
export function patternOf(java: string): RegExp {
  // Flags within a pattern count for all of it: that allows rather too much.
  const flags = new Set([...java.matchAll(/\(\?([is]+)\)/g)].flatMap(([, own = ""]) => own.split("")));
  const source = java.replaceAll(/\(\?[is]+\)/g, "");
  // Only without flag u may a lookahead be repeated.
  if (!/\(\?![^()]*\)\+/.test(source)) flags.add("u");
  return new RegExp(`^(?:${rewritten(source)})$`, [...flags].join(""));
}

const token =
  /\\u\{?[\dA-F]{4,6}\}?|\\[pP](?:\{[^}]*\}|L)|\\x[\dA-Fa-f]{2}|\\[wWdDsS]-(?=[^\]])|\\[\s\S]|\[\^?|\]|\{(?:\d+(?:,\d*)?\}\+?)?|[*+?]\+|[\s\S]/gu;

function rewritten(java: string): string {
  // Pairs of surrogates, as ranges of UTF-16.
  const text = java.replaceAll(String.raw`\uD800\uDC00-\uDBFF\uDFFF`, String.raw`\u{10000}-\u{10FFFF}`);
  let depth = 0;
  let result = "";
  for (const [part] of text.matchAll(token)) {
    const inClass = depth > 0;
    if (part.startsWith("[")) {
      result += inClass ? String.raw`\[` : part;
      depth = 1;
    } else if (part === "]" && inClass) {
      depth = 0;
      result += part;
    } else result += inClass ? classPart(part) : plainPart(part);
  }
  return result;
}

function classPart(part: string): string {
  const [, name = ""] = /^\\p\{(.*)\}$/.exec(part) ?? [];
  const known = classes[name.replace(/^Is/, "")];
  if (known !== undefined) return known;
  // After a class there is no range: the hyphen means itself.
  if (/^\\[wWdDsS]-$/.test(part)) return `${part.slice(0, 2)}\\-`;
  return part === "{" || part === "}" ? `\\${part}` : escapePart(part);
}

function plainPart(part: string): string {
  const [, name = ""] = /^\\p\{(.*)\}$/.exec(part) ?? [];
  const known = classes[name.replace(/^Is/, "")];
  if (known !== undefined) return `[${known}]`;
  if (part === String.raw`\A`) return "^";
  if (part === String.raw`\z` || part === String.raw`\Z`) return "$";
  if (/^[{}\]]$/.test(part)) return `\\${part}`;
  // A possessive repetition accepts nothing that a plain one does not.
  if (/^.+\+$/.test(part) && !part.startsWith("\\")) return part.slice(0, -1);
  return part === String.raw`\-` ? "-" : escapePart(part);
}

function escapePart(part: string): string {
  const [, escaped] = /^\\(.)$/su.exec(part) ?? [];
  return escaped !== undefined && !escapes.test(escaped) ? escaped : part;
}
