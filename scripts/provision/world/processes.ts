import { type ChildProcessByStdio, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import type { Readable } from "node:stream";
import type { Background, Command, Finished, Processes } from "./index";

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** How long a command in the background may take to end once it is interrupted. */
const graceSeconds = 5;
/** How long the output of a command stays open after its end, for what it left in the background. */
const outputSeconds = 1;

/** Real processes; folders are relative to `root`. */
export function processesBelow(root: string): Processes {
  const running = new Map<Child, Command>();
  return {
    run: (command) => {
      const child = spawnBelow(root, command);
      if (child instanceof Error) return Promise.resolve(notStarted(command, child));
      running.set(child, command);
      return finished(child, command).finally(() => running.delete(child));
    },
    isInstalled: (program, { PATH = "" }) =>
      // A path is not looked for.
      program.includes("/")
        ? isProgram(resolve(root, program))
        : PATH.split(delimiter).some((folder) => folder !== "" && isProgram(resolve(root, folder, program))),
    start: (command) => {
      const child = spawnBelow(root, command);
      if (!(child instanceof Error)) return inBackground(child, command);
      return { ended: Promise.resolve(notStarted(command, child)), stop: () => Promise.resolve() };
    },
    exists,
    signal: (name) => {
      for (const [child, { interrupts }] of running) signal(child, name, interrupts);
    },
  };
}

/** Signal 0 tests for the process alone: https://nodejs.org/docs/latest-v20.x/api/process.html#processkillpid-signal */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Of another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Some errors are thrown, e.g. for arguments that are too long, and others published by the child. */
function spawnBelow(root: string, command: Command): Child | Error {
  try {
    return spawn(command.program, command.arguments, {
      cwd: resolve(root, command.folder),
      env: command.environment,
      // A group of its own: a Ctrl-C at the terminal must not reach Terraform twice, or at all before we say so.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    if (error instanceof Error && "code" in error) return error;
    throw error;
  }
}

/** How a command that could not be started ends, in a shell's exit codes. */
function notStarted(command: Command, error: NodeJS.ErrnoException): Finished {
  if (error.code === "ENOENT") return { exitCode: 127, stdout: "", stderr: "", seconds: 0 };
  // Node adds the value that it does not accept, which may be a secret.
  const reason = `Cannot start "${command.program}": ${error.message.split(". Received")[0] ?? ""}`;
  command.onErrorLine?.(reason);
  return { exitCode: 126, stdout: "", stderr: `${reason}\n`, seconds: 0 };
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

/** Waits for a child's end, and gathers its output. */
function finished(child: Child, command: Command): Promise<Finished> {
  const started = performance.now();
  const { timeoutSeconds } = command;
  const overdue = () => {
    signal(child, "SIGKILL");
  };
  const timer = timeoutSeconds === undefined ? undefined : setTimeout(overdue, timeoutSeconds * 1000);
  const stdout = collect(child.stdout, command.onLine);
  const stderr = collect(child.stderr, command.onErrorLine);
  return new Promise((done) => {
    child.on("error", (error) => {
      clearTimeout(timer);
      done(notStarted(command, error));
    });
    let cut: NodeJS.Timeout | undefined;
    child.on("exit", () => {
      clearTimeout(timer);
      cut = cutOutput(child);
    });
    // A child ended by a signal has no exit code; shells say 128 and more.
    child.on("close", (code) => {
      clearTimeout(cut);
      const seconds = (performance.now() - started) / 1000;
      done({ exitCode: code ?? 128, stdout: stdout(), stderr: stderr(), seconds });
    });
  });
}

/** Closes the output of a child that has ended, which what it left in the background can keep open for ever. */
function cutOutput(child: Child): NodeJS.Timeout {
  return setTimeout(() => {
    // After what has already arrived was read.
    setImmediate(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    });
  }, outputSeconds * 1000);
}

/**
 * Gathers a stream, handing out its lines on the way; the returned function ends it and gives the whole text. A child
 * for which there were no more file descriptors has no streams.
 */
function collect(stream: NodeJS.ReadableStream | undefined, onLine?: (line: string) => void): () => string {
  let text = "";
  let pending = "";
  const end = () => {
    if (pending !== "") onLine?.(pending);
    pending = "";
    return text;
  };
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => {
    text += chunk;
    const lines = (pending + chunk).split("\n");
    pending = lines.pop() ?? "";
    lines.forEach((line) => onLine?.(line));
  });
  stream?.on("end", end);
  return end;
}
