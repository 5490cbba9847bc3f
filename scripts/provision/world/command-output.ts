import { closeSync, fstatSync, openSync, readSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { createFolder } from "../../../lib/create-folder";

/** What one of a command's outputs is written to, and how it is read. */
export interface CommandOutput {
  /** What the command gets: a pipe, or the descriptor of a file. */
  readonly stdio: "pipe" | number;
  /** Reads the pipe of the child; a child for which there were no more file descriptors has none. */
  attach(stream: Readable | null | undefined): void;
  /** Ends the last line and returns the whole text; the command has ended. */
  end(): string;
}

type OnLine = ((line: string) => void) | undefined;

/** How often a file is read that a command writes to. */
const everyMilliseconds = 50;
const chunkBytes = 1 << 16;

/** Output by a pipe. */
export function pipe(onLine: OnLine): CommandOutput {
  const lines = new Lines(onLine);
  return {
    stdio: "pipe",
    attach: (stream) => {
      stream?.setEncoding("utf8");
      stream?.on("data", (chunk: string) => {
        lines.push(chunk);
      });
      stream?.on("end", () => lines.end());
    },
    end: () => lines.end(),
  };
}

/**
 * Output by a file, which is removed when the command has ended. A pipe breaks when this process is killed: whoever writes to
 * it next is ended by SIGPIPE. Only its owner can read the file. Throws what the system says when it cannot be created.
 */
export function outputFile(path: string, onLine: OnLine): CommandOutput {
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
  const timer = setInterval(read, everyMilliseconds);
  return {
    stdio: descriptor,
    attach: () => undefined,
    end: () => {
      // Node says of a command that cannot be started that it failed, and then that it ended.
      if (open) {
        clearInterval(timer);
        read();
        lines.push(decoder.end());
        closeSync(descriptor);
        rmSync(path, { force: true });
      }
      open = false;
      return lines.end();
    },
  };
}

/** Gathers a text, and hands out its lines on the way. */
class Lines {
  private text = "";
  private pending = "";

  constructor(private readonly onLine: OnLine) {}

  push(chunk: string): void {
    this.text += chunk;
    const lines = (this.pending + chunk).split("\n");
    this.pending = lines.pop() ?? "";
    lines.forEach((line) => this.onLine?.(line));
  }

  end(): string {
    if (this.pending !== "") this.onLine?.(this.pending);
    this.pending = "";
    return this.text;
  }
}
