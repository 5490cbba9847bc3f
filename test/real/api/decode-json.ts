import type { Model, Shape } from "./model";
import { type Misfits, within } from "./request";
import { isBase64 } from "./scalar";

/** Reads a document of a service that speaks JSON, or what its CBOR has become. */
export class JsonReader {
  constructor(
    private readonly model: Model,
    private readonly misfits: Misfits,
  ) {}

  value(shape: Shape, data: unknown, path: string): unknown {
    if (shape.document === true || data === null || data === undefined) return data ?? undefined;
    switch (shape.type) {
      case "structure":
        return isObject(data) ? this.structure(shape, data, path) : this.misfit(shape, data, path);
      case "list": {
        if (!Array.isArray(data)) return this.misfit(shape, data, path);
        const item = this.model.itemOf(shape);
        return data.map((each, index) => this.value(item, each, `${path}[${index}]`));
      }
      case "map": {
        if (!isObject(data)) return this.misfit(shape, data, path);
        const { value } = this.model.entryOf(shape);
        const entries = Object.entries(data);
        return Object.fromEntries(
          entries.map(([key, each]) => [key, this.value(value, each, within(path, key))]),
        );
      }
      case "blob":
        return this.blob(data, path);
      default:
        return isScalar(shape.type, data) ? data : this.misfit(shape, data, path);
    }
  }

  /** The members that `data` gives; `only` leaves out what goes elsewhere in the request. */
  structure(shape: Shape, data: object, path: string): Record<string, unknown> {
    const members = this.model.membersOf(shape).filter(([, { location }]) => location === undefined);
    const byName = new Map(
      members.map(([name, member]) => [member.locationName ?? name, { name, member }] as const),
    );
    const read: Record<string, unknown> = {};
    for (const [key, each] of Object.entries(data)) {
      const found = byName.get(key);
      if (found === undefined) this.misfits.unknown(within(path, key), each);
      else {
        const value = this.value(found.member, each, within(path, found.name));
        if (value !== undefined) read[found.name] = value;
      }
    }
    return read;
  }

  private blob(data: unknown, path: string): unknown {
    if (data instanceof Uint8Array) return Buffer.from(data);
    if (typeof data === "string" && isBase64(data)) return Buffer.from(data, "base64");
    this.misfits.type(path, data, "blob in base64");
    return data;
  }

  private misfit({ type }: Shape, data: unknown, path: string): unknown {
    this.misfits.type(path, data, type);
    return data;
  }
}

function isObject(data: unknown): data is object {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

function isScalar(type: string, data: unknown): boolean {
  switch (type) {
    case "integer":
    case "long":
      return typeof data === "bigint" || Number.isInteger(data);
    case "float":
    case "double":
      return typeof data === "number";
    case "boolean":
      return typeof data === "boolean";
    case "timestamp":
      // CBOR marks seconds as a time.
      return typeof data === "number" || typeof data === "string" || (isObject(data) && "tag" in data);
    default:
      return typeof data === "string";
  }
}
