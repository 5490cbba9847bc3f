import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { UserError } from "../../lib/errors";

/** A command to measure. */
export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Default: 0. */
  readonly exitCode?: number;
}

/**
 * Preloaded into a measured process, which alone knows its largest resident set. By --require, because --import makes Node
 * load the measured program as an ES module.
 */
const recorder = `process.on("exit", () => {
  require("node:fs").writeFileSync(process.env.BENCH_PEAK_MEMORY, String(process.resourceUsage().maxRSS));
});
`;

/** Runs a command to its end in the repository; gives its seconds. Throws a `UserError` with its output when it ends otherwise than expected. */
export async function secondsOf(command: Command): Promise<number> {
  const started = performance.now();
  await run(command);
  return (performance.now() - started) / 1000;
}

/** The largest resident set of a Node program, in MB; `arguments` are those of `node`. */
export async function megabytesOf(command: Omit<Command, "program">): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(scratch, "peak-memory");
  const preloaded = join(scratch, "recorder.cjs");
  writeFileSync(preloaded, recorder);
  try {
    await run({
      ...command,
      program: process.execPath,
      arguments: ["--require", preloaded, ...command.arguments],
      variables: { ...command.variables, BENCH_PEAK_MEMORY: file },
    });
    return Number(readFileSync(file, "utf8")) / 1024;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const root = join(__dirname, "../..");

function run(command: Command): Promise<void> {
  const { program, arguments: args, variables, exitCode = 0 } = command;
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...variables };
    const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === exitCode) resolve();
      else reject(unexpectedEnd(command, { end: String(code ?? signal), output }));
    });
  });
}

function unexpectedEnd(
  command: Command,
  found: { readonly end: string; readonly output: string },
): UserError {
  const line = [command.program, ...command.arguments].join(" ");
  return new UserError(
    `Cannot measure "${line}": it ended with ${found.end}, not ${command.exitCode ?? 0}\n${found.output.trimEnd()}`,
    `Run: ${line}`,
  );
}
