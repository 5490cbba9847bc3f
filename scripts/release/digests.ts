import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names and SHA-256 digests of what is released, but for the file of the digests itself and its signature, by name. */
export function digestsIn(out: string): readonly (readonly [name: string, sha256: string])[] {
  const names = readdirSync(out).filter((name) => !name.startsWith("SHA256SUMS"));
  return names.sort().map((name) => [name, sha256(readFileSync(join(out, name)))]);
}

export function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}
