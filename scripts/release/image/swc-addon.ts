import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { runProgram } from "../run-program";
import { tools } from "../tools";

/** What a packed native part of swc holds: its program, compressed by zstd, and what that must be. */
interface PackedAddon {
  readonly frame: Buffer;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha512: string;
}

const magic = "SWCNZSTD";
const header = 96;

/**
 * Finds it: eight bytes of name, version 1 and size of the header, kind of machine, size packed, size unpacked, SHA-512.
 * https://github.com/swc-project/swc/blob/main/crates/swc_native_addon/README.md
 */
export function packedAddon(file: Buffer): PackedAddon {
  for (let at = file.indexOf(magic); at !== -1; at = file.indexOf(magic, at + 1)) {
    if (at + header > file.length) break;
    if (file.readUInt16LE(at + 8) !== 1 || file.readUInt16LE(at + 10) !== header) continue;
    const frame = file.subarray(at + header, at + header + Number(file.readBigUInt64LE(at + 16)));
    // A copy of the header has no content behind it: https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1
    if (frame.length < 4 || frame.readUInt32LE(0) !== 0xfd2fb528) continue;
    const sha512 = file.toString("hex", at + 32, at + header);
    return { frame, bytes: Number(file.readBigUInt64LE(at + 24)), sha512 };
  }
  throw new Error("swc's native part is not packed as version 1 of its format has it");
}

/**
 * Puts what a packed native part of swc holds in its place. It would unpack itself into its user's home or /tmp at the first
 * start: neither can be written in a container with a read-only root file system.
 */
export function unpackAddon(path: string): void {
  const { frame, bytes, sha512 } = packedAddon(readFileSync(path));
  const [packed, unpacked] = [`${path}.zst`, `${path}.unpacked`];
  writeFileSync(packed, frame);
  runProgram(tools.zstd, { folder: dirname(path) }, "--decompress", "--quiet", "-o", unpacked, packed);
  rmSync(packed);
  const content = readFileSync(unpacked);
  if (content.length !== bytes || createHash("sha512").update(content).digest("hex") !== sha512)
    throw new Error(`${path} unpacks to something else than it says`);
  renameSync(unpacked, path);
}
