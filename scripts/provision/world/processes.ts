import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Command, Finished, Processes } from "../world";

const exitCodeOf: Readonly<Record<string, number>> = { ENOENT: 127, EACCES: 126 };

/** Real processes; folders are relative to `root`. */
export function processesBelow(root: string): Processes {
  const running = new Set<ChildProcess>();
  return {
    run: (command) => run(command, { folder: resolve(root, command.folder), running }),
    signal: (name) => {
      for (const child of running) signal(child, name);
    },
  };
}

/** SIGKILL goes to the whole group, because providers outlive a killed Terraform; SIGINT to Terraform alone. */
function signal(child: ChildProcess, name: "SIGINT" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  process.kill(name === "SIGKILL" ? -child.pid : child.pid, name);
}

function run(command: Command, place: { folder: string; running: Set<ChildProcess> }): Promise<Finished> {
  const started = performance.now();
  const child = spawn(command.program, command.arguments, {
    cwd: place.folder,
    env: command.environment,
    // A group of its own: a Ctrl-C at the terminal must not reach Terraform twice, or at all before we say so.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  place.running.add(child);
  const { timeoutSeconds } = command;
  const overdue = () => {
    signal(child, "SIGKILL");
  };
  const timer = timeoutSeconds === undefined ? undefined : setTimeout(overdue, timeoutSeconds * 1000);
  const stdout = collect(child.stdout, command.onLine);
  const stderr = collect(child.stderr);
  return new Promise((done, fail) => {
    const finish = (exitCode: number) => {
      clearTimeout(timer);
      place.running.delete(child);
      const seconds = (performance.now() - started) / 1000;
      done({ exitCode, stdout: stdout(), stderr: stderr(), seconds });
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      const exitCode = exitCodeOf[error.code ?? ""];
      if (exitCode === undefined) fail(error);
      else finish(exitCode);
    });
    // A child ended by a signal has no exit code; shells say 128 and more.
    child.on("close", (code) => {
      finish(code ?? 128);
    });
  });
}

/** Gathers a stream, handing out its lines on the way; the returned function gives the whole text. */
function collect(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): () => string {
  let text = "";
  let pending = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    text += chunk;
    const lines = (pending + chunk).split("\n");
    pending = lines.pop() ?? "";
    lines.forEach((line) => onLine?.(line));
  });
  stream.on("end", () => {
    if (pending !== "") onLine?.(pending);
  });
  return () => text;
}
