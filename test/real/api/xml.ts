/** An element of an XML document. */
export interface XmlElement {
  /** Without its namespace's prefix, as are the names of attributes. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open extends XmlElement {
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const tokens = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([^\s/>]+)((?:\s+[^\s=>]+="[^"]*")*)\s*(\/?)>|([^<]+)/gy;
const attributes = /([^\s=]+)="([^"]*)"/g;
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Reads a document as AWS's SDKs write it: without CDATA and declarations of types. */
export function readXml(text: string): XmlElement {
  const root = opened("", "");
  const path = [root];
  let end = 0;
  for (const token of text.matchAll(tokens)) {
    const [all, closes, name, written = "", empty, content] = token;
    end = token.index + all.length;
    const at = path.at(-1) ?? root;
    if (content !== undefined) at.text += decoded(content);
    if (name === undefined) continue;
    if (closes) {
      if (at.name !== local(name) || path.length === 1) throw new Error(`"${name}" was not opened`);
      path.pop();
      continue;
    }
    const element = opened(name, written);
    at.children.push(element);
    if (!empty) path.push(element);
  }
  const [document] = root.children;
  if (end !== text.length || path.length > 1 || document === undefined || root.children.length > 1)
    throw new Error(`no XML document: ${text.slice(end, end + 40)}`);
  return document;
}

function opened(name: string, written: string): Open {
  const found = [...written.matchAll(attributes)];
  const pairs = found.map(([, key = "", value = ""]) => [local(key), decoded(value)] as const);
  return { name: local(name), attributes: new Map(pairs), children: [], text: "" };
}

function local(name: string): string {
  return name.replace(/^.*:/, "");
}

function decoded(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (all, entity: string) => {
    if (!entity.startsWith("#")) return entities[entity] ?? all;
    const hex = /^#x/i.test(entity);
    return String.fromCodePoint(parseInt(entity.slice(hex ? 2 : 1), hex ? 16 : 10));
  });
}
