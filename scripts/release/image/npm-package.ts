import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { runProgram } from "../run-program";
import { tools } from "../tools";

/** Unpacks a package of npm's registry, or that of a folder, into a folder's `package/`; with the checksum that it must have. */
export function unpackPackage(source: string, folder: string, integrity?: string): void {
  const text = runProgram(tools.npm, { folder }, "pack", "--json", "--ignore-scripts", source);
  // npm's own.
  const [packed] = JSON.parse(text) as readonly { filename: string; integrity: string }[];
  if (packed === undefined) throw new Error(`npm pack ${source} names no archive`);
  if (integrity !== undefined && packed.integrity !== integrity)
    throw new Error(`The package ${source} has the checksum ${packed.integrity}, not ${integrity}`);
  const archive = basename(packed.filename);
  runProgram(tools.tar, { folder }, "-xzf", archive);
  rmSync(join(folder, archive));
}
