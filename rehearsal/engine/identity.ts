import { isRecord } from "./record";

/** The private bytes that core keeps with an object: types without an `id` attribute have their identity here. */
export function privateId(id: string): Buffer {
  return Buffer.from(JSON.stringify({ simulated: id }));
}

/** The id of an object, from its private bytes or its state. */
export function identityOf(state: unknown, privateBytes: Uint8Array): string {
  if (privateBytes.length > 0) {
    const kept: unknown = JSON.parse(Buffer.from(privateBytes).toString("utf8"));
    if (isRecord(kept) && typeof kept["simulated"] === "string") return kept["simulated"];
  }
  return isRecord(state) && typeof state["id"] === "string" ? state["id"] : "";
}
