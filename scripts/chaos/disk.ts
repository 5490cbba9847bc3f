import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Ends what a disturbance has changed. */
export type Mended = () => void;

/** Writes until nothing can be written any more to the file system of the folder, which is small and of this run alone. */
export function fillDisk(folder: string): Mended {
  const ballast = join(folder, "ballast");
  const file = openSync(ballast, "w");
  const block = Buffer.alloc(64 * 1024);
  for (let size = block.length; size > 0; size = Math.floor(size / 2)) {
    try {
      for (;;) writeSync(file, block, 0, size);
    } catch {
      // The rest is smaller.
    }
  }
  closeSync(file);
  return () => {
    rmSync(ballast);
  };
}

/** Lays `.provision` and `cdktf.out` over themselves, read-only, which binds also who may write everywhere; what is open stays so. */
export function lockFolder(folder: string): Mended {
  const locked = [".provision", "cdktf.out"].map((name) => join(folder, name));
  for (const path of locked) layOverReadOnly(path);
  return () => {
    for (const path of locked) execute("umount", "--lazy", path);
  };
}

/** Where somebody is writing through it, a mount cannot become read-only: it does at a place that nobody knows. */
function layOverReadOnly(path: string): void {
  const aside = mkdtempSync(join(path, "../../aside-"));
  execute("mount", "--bind", path, aside);
  execute("mount", "-o", "remount,ro,bind", aside);
  execute("mount", "--bind", aside, path);
  execute("umount", aside);
  rmdirSync(aside);
}

function execute(program: "mount" | "umount", ...words: readonly string[]): void {
  execFileSync(program, words, { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
}
