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

/** A command that runs. */
export interface StartedCommand {
  readonly pid: number;
  /** Standard output and error so far. */
  said(): string;
  readonly ended: Promise<CommandResult>;
}

/** Runs a command to its end. */
export function runCommand(command: Command, ...args: readonly string[]): Promise<CommandResult> {
  return startCommand(command, ...args).ended;
}

/** Starts a command. */
export function startCommand(
  { program, folder, variables }: Command,
  ...args: readonly string[]
): StartedCommand {
  const base = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...base, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<CommandResult>((done, fail) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", fail);
    child.on("close", (code) => {
      done({ code, output });
    });
  });
  return { pid: child.pid ?? 0, said: () => output, ended };
}
