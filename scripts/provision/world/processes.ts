import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { type CommandOutput, outputsOf } from "./command-output";
import type { Background, Command, Finished, Processes } from "./index";

/** A child, and what it prints. */
interface Started {
  readonly child: ChildProcess;
  readonly stdout: CommandOutput;
  readonly stderr: CommandOutput;
}

/** How long a command in the background may take to end once it is interrupted. */
const graceSeconds = 5;
/** How long the output of a command stays open after its end, for what it left in the background. */
const outputSeconds = 1;

/** Real processes; folders are relative to `root`. */
export function processesBelow(root: string): Processes {
  const running = new Map<ChildProcess, Command>();
  return {
    run: (command) => {
      const started = startBelow(root, command);
      if (started instanceof Error) return Promise.resolve(notStarted(command, started));
      running.set(started.child, command);
      return finished(started, command).finally(() => running.delete(started.child));
    },
    isInstalled: (program, { PATH = "" }) =>
      // A path is not looked for.
      program.includes("/")
        ? isProgram(resolve(root, program))
        : PATH.split(delimiter).some((folder) => folder !== "" && isProgram(resolve(root, folder, program))),
    start: (command) => {
      const started = startBelow(root, command);
      if (!(started instanceof Error)) return inBackground(started, command);
      return { ended: Promise.resolve(notStarted(command, started)), stop: () => Promise.resolve() };
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
function startBelow(root: string, command: Command): Started | Error {
  const [stdout, stderr] = outputsOf(root, command);
  try {
    const child = spawn(command.program, command.arguments, {
      cwd: resolve(root, command.folder),
      env: command.environment,
      // A group of its own: a Ctrl-C at the terminal must not reach Terraform twice, or at all before we say so.
      detached: true,
      stdio: ["ignore", stdout.stdio, stderr.stdio],
    });
    if (child.pid !== undefined) command.onStart?.(child.pid);
    return { child, stdout, stderr };
  } catch (error) {
    textsOf(stdout, stderr);
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

function inBackground(started: Started, command: Command): Background {
  let over = false;
  const { child } = started;
  const ended = finished(started, command).finally(() => {
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
function signal(child: ChildProcess, name: "SIGINT" | "SIGKILL", interrupts?: "group"): void {
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
function finished({ child, stdout, stderr }: Started, command: Command): Promise<Finished> {
  const started = performance.now();
  const { timeoutSeconds } = command;
  const overdue = () => {
    signal(child, "SIGKILL");
  };
  const timer = timeoutSeconds === undefined ? undefined : setTimeout(overdue, timeoutSeconds * 1000);
  stdout.attach(child.stdout);
  stderr.attach(child.stderr);
  return new Promise((done, fail) => {
    const end = (result: () => Finished) => {
      try {
        done(result());
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    };
    child.on("error", (error) => {
      clearTimeout(timer);
      end(() => {
        textsOf(stdout, stderr);
        return notStarted(command, error);
      });
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
      end(() => ({
        ...{ exitCode: code ?? 128, seconds, ...(stdout.isCut() ? { isCut: true } : {}) },
        ...textsOf(stdout, stderr),
      }));
    });
  });
}

/** Ends both outputs, also when the end of one fails. */
function textsOf(stdout: CommandOutput, stderr: CommandOutput): Pick<Finished, "stdout" | "stderr"> {
  const texts = { stdout: "", stderr: "" };
  try {
    texts.stdout = stdout.end();
  } finally {
    texts.stderr = stderr.end();
  }
  return texts;
}

/** Closes the output of a child that has ended, which what it left in the background can keep open for ever. */
function cutOutput(child: ChildProcess): NodeJS.Timeout {
  return setTimeout(() => {
    // After what has already arrived was read.
    setImmediate(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    });
  }, outputSeconds * 1000);
}
