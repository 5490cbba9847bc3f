import { type HclMappings, parseClasses, parseMappings, type SourceClass } from "./source-classes";

/** What the generated TypeScript of one module says, before it is understood. */
export interface SourceModule {
  readonly interfaces: ReadonlyMap<string, SourceInterface>;
  readonly classes: ReadonlyMap<string, SourceClass>;
  /** Mappings of structs that have no class, by the struct's name with a small first letter. */
  readonly structMappings: ReadonlyMap<string, HclMappings>;
}

/** Members of an interface by their Terraform name. */
export type SourceInterface = ReadonlyMap<string, { readonly optional: boolean; readonly isBlock: boolean }>;

const interfacePattern = /^export interface (\w+)(?: extends [\w.]+)? \{\n([\s\S]*?)^\}/gm;
const memberPattern = /^ *\/\*\*\n([\s\S]*?)\*\/\n *readonly \w+(\??): .*;\s*$/gm;
const structMappingPattern = /^export function (\w+)ToHclTerraform\([^]*?^\}/gm;

/** Reads the generated TypeScript of one module; its text is regular enough for regular expressions. */
export function parseModule(source: string): SourceModule {
  const structMappings = new Map<string, HclMappings>();
  for (const [text, name = ""] of source.matchAll(structMappingPattern))
    structMappings.set(name, parseMappings(text));
  const interfaces = new Map<string, SourceInterface>();
  for (const [, name = "", body = ""] of source.matchAll(interfacePattern))
    interfaces.set(name, parseMembers(body));
  return { interfaces, structMappings, classes: parseClasses(source) };
}

function parseMembers(body: string): SourceInterface {
  const members = new Map<string, { optional: boolean; isBlock: boolean }>();
  for (const [, comment = "", question] of body.matchAll(memberPattern)) {
    const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trim());
    const link = lines.findIndex((line) => line.startsWith("Docs at Terraform Registry:"));
    // The link's fragment holds the Terraform name; members without one are cdktf's own.
    const name = /#(\w+) \w+#\w+\}/.exec(lines[link] ?? "")?.[1];
    if (!name) continue;
    const description = lines.slice(0, link).join("\n").trim();
    members.set(name, { optional: question === "?", isBlock: description === `${name} block` });
  }
  return members;
}
