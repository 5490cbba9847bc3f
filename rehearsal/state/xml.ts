const escapes: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };
const signs = Object.fromEntries(Object.entries(escapes).map(([sign, escape]) => [escape, sign]));

/** One XML element around other elements, or around text, which is escaped. */
export function element(name: string, content: string | readonly Xml[]): Xml {
  const inside =
    typeof content === "string"
      ? content.replace(/[<>&"]/g, escapeSign)
      : content.map(({ xml }) => xml).join("");
  return { xml: `<${name}>${inside}</${name}>` };
}

/** A whole XML document, in the namespace of its service. */
export function xmlDocument(root: string, content: readonly Xml[], namespace?: string): string {
  const declared = namespace === undefined ? "" : ` xmlns="${namespace}"`;
  const inside = content.map(({ xml }) => xml).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${declared}>${inside}</${root}>`;
}

/** The texts of all elements of this name, anywhere in a document. */
export function textsIn(document: string, name: string): readonly string[] {
  const found = document.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"));
  return [...found].map(([, text = ""]) => text.replace(/&\w+;/g, (escape) => signs[escape] ?? escape));
}

interface Xml {
  readonly xml: string;
}

const escapeSign = (sign: string): string => escapes[sign] ?? sign;
