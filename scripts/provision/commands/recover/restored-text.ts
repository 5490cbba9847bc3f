import { jsonOrUndefined } from "../../run/json";

/** Terraform writes it before everything that has a name of its own. */
const serialNumber = /^(\s*\{[^[]*?"serial"\s*:\s*)\d+/;

/**
 * The text of a state with another serial, and not a character more: numbers that JavaScript cannot hold stay as they are. Throws if it
 * is not written as Terraform writes it.
 */
export function withSerial(text: string, serial: number): string {
  const changed = text.replace(serialNumber, (_, before: string) => `${before}${serial}`);
  const parsed = jsonOrUndefined(changed);
  const written =
    typeof parsed === "object" && parsed !== null && "serial" in parsed ? parsed.serial : undefined;
  if (written !== serial) throw new Error("A state whose serial cannot be raised");
  return changed;
}

/** A state without objects. */
export function emptyState(lineage: string, serial: number): string {
  return `${JSON.stringify({ version: 4, terraform_version: "1.11.0", serial, lineage, outputs: {}, resources: [] }, undefined, 2)}\n`;
}

/** Lineage and serial in a state, also in one that was cut off after them. */
export function identityIn(text: string): { readonly lineage: string | undefined; readonly serial: number } {
  const [, lineage] = /"lineage"\s*:\s*"([^"]+)"/.exec(text) ?? [];
  const [, serial] = /"serial"\s*:\s*(\d+)\s*,/.exec(text) ?? [];
  return { lineage, serial: Number(serial ?? 0) };
}
