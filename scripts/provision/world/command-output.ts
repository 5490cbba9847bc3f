import { closeSync, fstatSync, openSync, readSync, rmSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createFolder } from "../../../lib/create-folder";
import { withFile } from "../../../lib/file-error";
import type { Command } from "./command";

/** What one of a command's outputs is written to, and how it is read. */
export interface CommandOutput {
  /** What the command gets: a pipe, or the descriptor of a file. */
  readonly stdio: "pipe" | number;
  /** Reads the pipe of the child; a child for which there were no more file descriptors has none. */
  attach(stream: Readable | null | undefined): void;
  /** Ends the last line and returns the whole text; the command has ended. Throws what `onLine` has thrown. */
  end(): string;
  /** Whether its disk is full, or was, so that a part of the text may be missing; asked before `end`. */
  isCut(): boolean;
}

type OnLine = ((line: string) => void) | undefined;

/** How often a file is read that a command writes to. */
const everyMilliseconds = 50;
const chunkBytes = 1 << 16;

/** Throws if a command that must outlive this process could print to no file: a pipe would end it. */
export function outputsOf(root: string, command: Command): readonly [CommandOutput, CommandOutput] {
  const { outlives, onLine, onErrorLine } = command;
  if (outlives === undefined) return [pipe(onLine), pipe(onErrorLine)];
  const file = (name: string, each: OnLine) => {
    const path = `${outlives}.${name}`;
    return withFile({ verb: "write", path }, () => outputFile(resolve(root, path), each));
  };
  const stdout = file("stdout", onLine);
  try {
    return [stdout, file("stderr", onErrorLine)];
  } catch (error) {
    stdout.end();
    throw error;
  }
}

/** Output by a pipe. */
function pipe(onLine: OnLine): CommandOutput {
  const lines = new Lines(onLine);
  return {
    stdio: "pipe",
    attach: (stream) => {
      stream?.setEncoding("utf8");
      stream?.on("data", (chunk: string) => {
        lines.push(chunk);
      });
      stream?.on("end", () => {
        lines.endLine();
      });
    },
    end: () => lines.end(),
    isCut: () => false,
  };
}

/**
 * Output by a file, which is removed when the command has ended. A pipe breaks when this process is killed: whoever writes to
 * it next is ended by SIGPIPE. Only its owner can read the file. Throws what the system says when it cannot be created.
 */
function outputFile(path: string, onLine: OnLine): CommandOutput {
  const lines = new Lines(onLine);
  const decoder = new StringDecoder("utf8");
  createFolder(dirname(path));
  rmSync(path, { force: true });
  const descriptor = openSync(path, "ax+", 0o600);
  let position = 0;
  let open = true;
  const read = () => {
    const chunk = Buffer.alloc(chunkBytes);
    while (position < fstatSync(descriptor).size) {
      const count = readSync(descriptor, chunk, 0, chunkBytes, position);
      if (count === 0) return;
      position += count;
      lines.push(decoder.write(chunk.subarray(0, count)));
    }
  };
  const timer = setInterval(() => {
    // What fails now fails again at the end: until then, nothing may end this process.
    attempt(read);
  }, everyMilliseconds);
  return {
    stdio: descriptor,
    attach: () => undefined,
    end: () => {
      // Node says of a command that cannot be started that it failed, and then that it ended.
      if (open) {
        clearInterval(timer);
        attempt(read);
        lines.push(decoder.end());
        attempt(() => {
          closeSync(descriptor);
          rmSync(path, { force: true });
        });
      }
      open = false;
      return lines.end();
    },
    isCut: () => {
      if (open) attempt(read);
      return isFull(dirname(path)) || lines.hasTorn();
    },
  };
}

/** Of a disk that has broken, what was read until then is all that there is. */
function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

/** Root may use what is kept back for it. */
function isFull(folder: string): boolean {
  try {
    const { bavail, bfree } = statfsSync(folder);
    return (process.getuid?.() === 0 ? bfree : bavail) === 0;
  } catch {
    return false;
  }
}

/** Gathers a text, and hands out its lines on the way. */
class Lines {
  private text = "";
  private pending = "";
  private failure: Error | undefined;

  constructor(private readonly onLine: OnLine) {}

  push(chunk: string): void {
    this.text += chunk;
    const lines = (this.pending + chunk).split("\n");
    this.pending = lines.pop() ?? "";
    lines.forEach((line) => {
      this.handOut(line);
    });
  }

  /**
   * Whether the rest of a message is missing, and another follows it: a disk that was full for a moment has room again. The last one may
   * be that of a command that was killed.
   */
  hasTorn(): boolean {
    const ended = this.text.split("\n").slice(0, -1);
    return ended.some((line) => line.startsWith('{"@level"') && !isJson(line));
  }

  endLine(): void {
    if (this.pending !== "") this.handOut(this.pending);
    this.pending = "";
  }

  end(): string {
    this.endLine();
    if (this.failure !== undefined) throw this.failure;
    return this.text;
  }

  /** Whatever is wrong with a line, nobody catches it here, and it would end this process before the command. */
  private handOut(line: string): void {
    try {
      this.onLine?.(line);
    } catch (error) {
      this.failure ??= error instanceof Error ? error : new Error(String(error));
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
