/** The arguments of a resource or of a block, as Terraform JSON has them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** One resource of a synthesised layer. */
export class Resource {
  readonly layer: string;
  readonly type: string;
  readonly name: string;
  readonly given: Arguments;

  constructor(parts: Pick<Resource, "layer" | "type" | "name" | "given">) {
    this.layer = parts.layer;
    this.type = parts.type;
    this.name = parts.name;
    this.given = parts.given;
  }

  /** How Terraform calls it, e.g. `aws_vpc.vpc`. */
  get address(): string {
    return `${this.type}.${this.name}`;
  }

  /** Every value at a path of argument names, e.g. `ebs.encrypted`; of repeated blocks, each. */
  values(path: string): readonly unknown[] {
    return valuesAt(this.given, path);
  }

  /** The values at a path that are text, numbers or booleans, as text: Terraform takes `"true"` for `true`. */
  texts(path: string): readonly string[] {
    return textsAt(this.given, path);
  }

  has(path: string): boolean {
    return this.values(path).length > 0;
  }

  /** Whether something is at a path, and all of it is one of the accepted values. */
  is(path: string, ...accepted: readonly (string | number | boolean)[]): boolean {
    const texts = this.texts(path);
    const accept = accepted.map(String);
    return texts.length > 0 && texts.every((text) => accept.includes(text));
  }
}

/** Every value at a path below a block; absent, null and empty ones are none. */
export function valuesAt(block: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [block];
  for (const step of path.split(".")) {
    found = found.flatMap((value) => (isBlock(value) ? flat(value[step]) : []));
  }
  return found;
}

/** The text, numbers and booleans at a path below a block, as text. */
export function textsAt(block: unknown, path: string): readonly string[] {
  return valuesAt(block, path).flatMap((value) =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [String(value)]
      : [],
  );
}

/** cdktf writes a single block as an object or as a list of one. */
function flat(value: unknown): readonly unknown[] {
  if (value === undefined || value === null || value === "") return [];
  return Array.isArray(value) ? value.flatMap(flat) : [value];
}

function isBlock(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
