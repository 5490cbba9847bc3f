import { spawn } from "node:child_process";
import type { Variables } from "./terraform";

/** How a command ended. */
export interface CommandResult {
  /** Null when it was killed. */
  readonly code: number | null;
  /** Standard output and error, as they came. */
  readonly output: string;
}

/** A program, where it runs, and its variables beside PATH and HOME. */
export interface Command {
  readonly program: string;
  readonly folder: string;
  readonly variables: Variables;
}

/** Runs a command to its end. */
export function runCommand(
  { program, folder, variables }: Command,
  ...args: readonly string[]
): Promise<CommandResult> {
  const base = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...base, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", fail);
    child.on("close", (code) => {
      done({ code, output });
    });
  });
}
