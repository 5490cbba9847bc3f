import type { CtyType } from "../schema/model";
import { unescapedKey } from "./map-keys";
import { isRecord } from "./record";
import { mapValues } from "../schema/records";

/** A value that carries its own type, as `kubernetes_manifest.manifest` does; in JSON it looks as in a state file. */
export class Dynamic {
  constructor(
    readonly type: CtyType,
    readonly value: unknown,
  ) {}
}

/** Finds the dynamic values in what msgpack gave: pairs of a type in bytes and a value. Keys of maps come escaped. */
export function wrapDynamic(value: unknown): unknown {
  if (Array.isArray(value)) {
    const [type, inner] = value as readonly unknown[];
    if (value.length !== 2 || !(type instanceof Uint8Array)) return value.map(wrapDynamic);
    // Nothing else on the wire is bytes, and core encodes the type as JSON.
    return new Dynamic(JSON.parse(Buffer.from(type).toString("utf8")) as CtyType, wrapDynamic(inner));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [unescapedKey(key), wrapDynamic(member)]),
  );
}

/** The reverse of `wrapDynamic`. */
export function unwrapDynamic(value: unknown): unknown {
  if (value instanceof Dynamic) return [Buffer.from(JSON.stringify(value.type)), unwrapDynamic(value.value)];
  if (Array.isArray(value)) return value.map(unwrapDynamic);
  return isRecord(value) ? mapValues(value, unwrapDynamic) : value;
}
