import { type ChildProcessByStdio, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import type { Background, Command, Finished, Processes } from "./index";

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** How long a command in the background may take to end once it is interrupted. */
const graceSeconds = 5;
const exitCodeOf: Readonly<Record<string, number>> = { ENOENT: 127, EACCES: 126 };

/** Real processes; folders are relative to `root`. */
export function processesBelow(root: string): Processes {
  const running = new Map<Child, Command>();
  return {
    run: (command) => {
      const child = spawnBelow(root, command);
      running.set(child, command);
      return finished(child, command).finally(() => running.delete(child));
    },
    start: (command) => inBackground(spawnBelow(root, command), command),
    signal: (name) => {
      for (const [child, { interrupts }] of running) signal(child, name, interrupts);
    },
  };
}

function spawnBelow(root: string, command: Command): Child {
  return spawn(command.program, command.arguments, {
    cwd: resolve(root, command.folder),
    env: command.environment,
    // A group of its own: a Ctrl-C at the terminal must not reach Terraform twice, or at all before we say so.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function inBackground(child: Child, command: Command): Background {
  let over = false;
  const ended = finished(child, command).finally(() => {
    over = true;
  });
  // Who stops it need not wait for its end as well.
  ended.catch(() => undefined);
  const tell = (name: "SIGINT" | "SIGKILL") => {
    if (!over && child.pid !== undefined) kill(-child.pid, name);
  };
  return {
    ended,
    stop: async () => {
      tell("SIGINT");
      const timer = setTimeout(tell, graceSeconds * 1000, "SIGKILL");
      await ended.catch(() => undefined);
      clearTimeout(timer);
    },
  };
}

/** SIGKILL goes to the whole group, because providers outlive a killed Terraform; SIGINT to the command alone. */
function signal(child: Child, name: "SIGINT" | "SIGKILL", interrupts?: "group"): void {
  if (child.pid === undefined) return;
  kill(name === "SIGKILL" || interrupts === "group" ? -child.pid : child.pid, name);
}

/** A process that ended a moment ago needs no signal. */
function kill(pid: number, name: "SIGINT" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Waits for a child's end, and gathers what it says. */
function finished(child: Child, command: Command): Promise<Finished> {
  const started = performance.now();
  const { timeoutSeconds } = command;
  const overdue = () => {
    signal(child, "SIGKILL");
  };
  const timer = timeoutSeconds === undefined ? undefined : setTimeout(overdue, timeoutSeconds * 1000);
  const stdout = collect(child.stdout, command.onLine);
  const stderr = collect(child.stderr, command.onErrorLine);
  return new Promise((done, fail) => {
    const finish = (exitCode: number) => {
      clearTimeout(timer);
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
