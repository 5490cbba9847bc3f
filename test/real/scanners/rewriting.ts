import type { LayerJson } from "../../../synthesis/environment";

/** Layers by name. */
export type Layers = Readonly<Record<string, LayerJson>>;

type Groups = Readonly<Record<string, string | undefined>>;

const layerOutput = String.raw`data\.terraform_remote_state\.(?<layer>[\w-]+)\.outputs\.(?<name>\w+)(?:\[\\?"(?<quoted>[^"\\]+)\\?"\]|\.(?<plain>[\w-]+))?`;
const reference =
  /(?<![\w.-])(?<kind>data\.|ephemeral\.|)(?<type>[a-z][a-z0-9_]*)\.(?<name>[\w-]+)(?:\.(?<attribute>\w+))?/g;
const blocks = { "": "resource", "data.": "data", "ephemeral.": "ephemeral" } as const;
/** Names of resources in the product have it nowhere else. */
const separator = "--in--";

/** What a resource or variable of a layer is called where all layers are in one root module. */
export function joinedName(name: string, layer: string): string {
  return `${name}${separator}${layer}`;
}

/** The layer and the address there of a resource of joined layers. */
export function addressInLayer(joined: string): { readonly layer: string; readonly address: string } {
  const [address = "", layer] = joined.split(separator);
  if (layer === undefined) throw new Error(`"${joined}" names no resource of joined layers`);
  return { layer, address };
}

/** Rewrites the values of one layer for a root module with all layers. */
export class Rewriting {
  constructor(
    private readonly layers: Layers,
    private readonly layer: string,
  ) {}

  /** A value in which every reference leads to the joined resource itself. */
  value(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => key !== "//");
    return Object.fromEntries(entries.map(([key, item]) => [key, this.value(item)]));
  }

  private text(text: string): unknown {
    const whole = new RegExp(`^\\$\\{${layerOutput}\\}$`).exec(text)?.groups;
    if (whole !== undefined) return this.output(whole) ?? text;
    return text
      .replaceAll(new RegExp(`\\$\\{${layerOutput}\\}`, "g"), (...match) => this.inTemplate(match))
      .replaceAll(new RegExp(layerOutput, "g"), (...match) => this.inExpression(match))
      .replaceAll(reference, (...match) => this.reference(match))
      .replaceAll(/\bvar\.([\w-]+)/g, (found, name: string) =>
        this.layers[this.layer]?.variable?.[name] === undefined
          ? found
          : `var.${joinedName(name, this.layer)}`,
      );
  }

  private inTemplate(match: readonly unknown[]): string {
    const value = this.output(groupsOf(match));
    if (value === undefined) return String(match[0]);
    return typeof value === "string" ? value : `\${jsonencode(${JSON.stringify(value)})}`;
  }

  private inExpression(match: readonly unknown[]): string {
    const value = this.output(groupsOf(match));
    return value === undefined ? String(match[0]) : expressionOf(value);
  }

  /** What another layer puts out; undefined where that layer is not among the joined ones. */
  private output({ layer = "", name = "", quoted, plain }: Groups): unknown {
    const given = this.layers[layer];
    if (given === undefined) return undefined;
    const value = given.output?.[name]?.value;
    const key = quoted ?? plain;
    // An output with keys is a map.
    const item = key === undefined ? value : (value as Readonly<Record<string, unknown>> | undefined)?.[key];
    if (item === undefined)
      throw new Error(`"${this.layer}" reads output "${name}" of "${layer}", which does not exist`);
    return new Rewriting(this.layers, layer).value(item);
  }

  private reference(match: readonly unknown[]): string {
    const { kind = "", type = "", name = "", attribute } = groupsOf(match);
    // The pattern admits no other kinds.
    const given = this.layers[this.layer]?.[blocks[kind as keyof typeof blocks]]?.[type]?.[name];
    if (given === undefined) return String(match[0]);
    // An argument that is itself a reference leads on, since some checks do not: a policy's `bucket` is the bucket.
    const behind = attribute === undefined ? undefined : given[attribute];
    if (typeof behind === "string" && isReference(behind)) return expressionOf(this.text(behind));
    return `${kind}${type}.${joinedName(name, this.layer)}${attribute === undefined ? "" : `.${attribute}`}`;
  }
}

/** The named groups are the last argument of a replacement. */
function groupsOf(match: readonly unknown[]): Groups {
  return match.at(-1) as Groups;
}

function isReference(text: string): boolean {
  return /^\$\{[^{}]*\}$/.test(text);
}

function expressionOf(value: unknown): string {
  return typeof value === "string" && isReference(value) ? value.slice(2, -1) : JSON.stringify(value);
}
