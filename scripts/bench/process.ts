import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** What one run of a command took. */
export interface Measured {
  readonly seconds: number;
  /** Largest resident set of the Node process itself, in MB. */
  readonly megabytes: number;
}

/** Written at exit by the measured process, which alone knows its largest resident set. */
const recorder = `data:text/javascript,
  import { writeFileSync } from "node:fs";
  process.on("exit", () => writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS)));`;

/** Runs a Node program to its end; throws what it said when it fails. */
export async function measure(
  program: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  const memory = join(scratch, "memory");
  const started = performance.now();
  try {
    await run(["--import", recorder, ...program], { ...process.env, ...variables, BENCH_MEMORY: memory });
    const seconds = (performance.now() - started) / 1000;
    return { seconds, megabytes: Number(readFileSync(memory, "utf8")) / 1024 };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function run(program: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, program, { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program.join(" ")} ended with ${String(code)}\n${said}`));
    });
  });
}
