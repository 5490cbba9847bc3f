import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rehearsal, type RehearsalOptions, startRehearsal } from "../../rehearsal/index";
import type { World } from "../../scripts/provision/world/index";
import { realWorld } from "../../scripts/provision/world/real";

/** Whether the real Terraform can be run here; a test that needs it is skipped by this. */
export const terraformMissing = spawnSync("terraform", ["version"]).error !== undefined;

/** A world that a test can look into. */
export interface WatchedWorld extends World {
  /** What was printed, line by line. */
  readonly printed: string[];
  /** The rehearsal that was started last. */
  rehearsed(): Rehearsal;
}

const roots: string[] = [];

/** Removes the folders of every world created so far. */
export function removeWorlds(): void {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
}

/** The real world below a temporary folder with one environment file, which has its own name, but for the terminal, which remembers. */
export function worldIn(
  environmentFile: string,
  rehearsals: Pick<RehearsalOptions, "faults" | "keepWriteOnly" | "seeds"> = {},
): WatchedWorld {
  const root = mkdtempSync(join(tmpdir(), "provision-"));
  roots.push(root);
  mkdirSync(join(root, "configs"));
  const name = /^name: ([\w-]+)$/m.exec(environmentFile)?.[1] ?? "dev";
  writeFileSync(join(root, "configs", `${name}.yaml`), environmentFile);
  const world = realWorld(root);
  const printed: string[] = [];
  let rehearsal: Rehearsal | undefined;
  return {
    ...world,
    printed,
    rehearsed: () => {
      if (rehearsal === undefined) throw new Error("no rehearsal was started");
      return rehearsal;
    },
    terminal: {
      ...world.terminal,
      interactive: false,
      live: false,
      colours: false,
      unicode: true,
      columns: Infinity,
      print: (text) => printed.push(...text.split("\n")),
      printError: (text) => printed.push(...text.split("\n")),
    },
    product: {
      ...world.product,
      startRehearsal: async (request) => (rehearsal = await startRehearsal({ ...request, ...rehearsals })),
    },
  };
}
