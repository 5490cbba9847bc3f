import type { Block as SchemaBlock } from "../../../rehearsal/schema/model";
import type { Arguments } from "../../../synthesis/resource";
import type { JoinedRoot } from "./joined";
import { schemaOf } from "./schemas";

/** What an expression or a list of expressions is in arguments that belong to Terraform itself. */
const bare = new Set(["depends_on", "ignore_changes", "replace_triggered_by"]);

/** A joined root in Terraform's own language, the only form in which scanners resolve references and documents. */
export function toHcl(root: JoinedRoot): string {
  return [
    ...Object.entries(root.variable).map(([name, given]) =>
      block(`variable ${quoted(name)}`, [`  sensitive = ${expression(given["sensitive"] ?? false)}`]),
    ),
    ...(["resource", "data", "ephemeral"] as const).flatMap((kind) =>
      Object.entries(root[kind]).flatMap(([type, named]) =>
        Object.entries(named).map(([name, { provider: _, ...given }]) =>
          block(`${kind} ${quoted(type)} ${quoted(name)}`, body(given, schemaOf(kind, type))),
        ),
      ),
    ),
  ].join("\n\n");
}

function block(head: string, lines: readonly string[]): string {
  return [`${head} {`, ...lines, "}"].join("\n");
}

function body(given: Arguments, schema: SchemaBlock | undefined, indent = "  "): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (value === null) return [];
    const nested = schema?.block_types[name]?.block;
    const isBlock = nested !== undefined || name === "lifecycle" || isListOfObjects(schema, name, value);
    if (!isBlock) return [`${indent}${name} = ${argument(name, value)}`];
    return blocksOf(value).flatMap((one) => [
      `${indent}${name} {`,
      ...body(one, nested, `${indent}  `),
      `${indent}}`,
    ]);
  });
}

/** Such an argument may be written as blocks, and is known to scanners as such. */
function isListOfObjects(schema: SchemaBlock | undefined, name: string, value: unknown): boolean {
  const type = schema?.attributes[name]?.type;
  return Array.isArray(type) && Array.isArray(type[1]) && Array.isArray(value) && value.length > 0;
}

/** cdktf writes a single block as an object or as a list of one. */
function blocksOf(value: unknown): readonly Arguments[] {
  // Blocks are objects.
  return (Array.isArray(value) ? value : [value]) as readonly Arguments[];
}

function argument(name: string, value: unknown): string {
  if (!bare.has(name)) return expression(value);
  if (typeof value === "string") return unwrapped(value);
  return `[${(value as readonly string[]).map(unwrapped).join(", ")}]`;
}

function expression(value: unknown): string {
  if (typeof value === "string") return document(value) ?? text(value);
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${text(key)} = ${expression(item)}`);
  return `{ ${entries.join(", ")} }`;
}

/** A policy: scanners look into none that is text. */
function document(value: string): string | undefined {
  if (!value.startsWith("{")) return undefined;
  try {
    return `jsonencode(${expression(JSON.parse(value))})`;
  } catch {
    return undefined;
  }
}

/** A template: only what is outside of its expressions is quoted. */
function text(value: string): string {
  const whole = unwrapped(value);
  if (whole !== value) return whole;
  const parts = value.split(/(?<!\$)(\$\{[^}]*\})/);
  return `"${parts.map((part, index) => (index % 2 === 1 ? part : quoted(part).slice(1, -1))).join("")}"`;
}

function unwrapped(value: string): string {
  return /^\$\{((?:[^{}]|\{[^{}]*\})*)\}$/.exec(value)?.[1] ?? value;
}

function quoted(value: string): string {
  return JSON.stringify(value);
}
