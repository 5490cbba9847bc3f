import { createHash } from "node:crypto";

/** Hexadecimal text that depends on nothing but its source: simulated ids are the same in every run. */
export const digest = (source: string, length = 17): string =>
  createHash("sha256").update(source).digest("hex").slice(0, length);

/** A version-4 shaped UUID from the given hexadecimal text. */
export function uuidFrom(hex: string): string {
  const digits = hex.padEnd(32, "0");
  const variant = `4${digits.slice(13, 16)}-a${digits.slice(17, 20)}`;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${variant}-${digits.slice(20, 32)}`;
}
