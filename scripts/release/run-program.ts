import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { UserError } from "../../lib/errors";
import type { Tool } from "./step";

/** Where a program runs, and what it is told by the environment besides this process's own. */
export interface Place {
  readonly folder: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs a program to its end, and returns what it printed; what it prints on standard error is shown when it fails. */
export function runProgram(tool: Tool, place: Place, ...args: readonly string[]): string {
  const { status, signal, stdout, stderr, error } = spawnSync(programOf(tool) ?? tool.name, args, {
    cwd: place.folder,
    env: { ...process.env, ...place.variables },
    encoding: "utf8",
    // A list of all packages has megabytes.
    maxBuffer: 512 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (status === 0) return stdout;
  console.error(stderr.trimEnd());
  const outcome = error?.message ?? (signal === null ? `exit code ${String(status)}` : signal);
  throw new UserError(
    `Cannot run ${[tool.name, ...args.slice(0, 2)].join(" ")}: it ended with ${outcome}`,
    "Correct what it says above, and run npm run release again",
  );
}

/** The path of a program; undefined when this machine does not have it. */
export function programOf({ name, variable }: Tool): string | undefined {
  const named = variable === undefined ? undefined : process.env[variable];
  if (named) return isProgram(named) ? named : undefined;
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
