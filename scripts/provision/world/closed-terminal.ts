import { closeSync } from "node:fs";
import { isatty } from "node:tty";

interface Stream {
  readonly fd: number;
  /** Node leaves it undefined for a pipe or a file, whatever its types say. */
  readonly isTTY?: boolean | undefined;
}

/** What it needs of Node's process. */
interface Ending {
  readonly stdin: Stream;
  readonly stdout: Stream;
  readonly stderr: Stream;
  on(event: "exit", listener: () => void): unknown;
}

/**
 * Lets a process end with its own exit code where its terminal was closed. Node gives a terminal its modes back when it exits, and
 * aborts if the system refuses, which leaves SIGABRT and a core dump; it passes over what the program has closed:
 * https://github.com/nodejs/node/blob/v20.20.2/src/node.cc, `ResetStdio`.
 */
export function leaveClosedTerminal(process: Ending): void {
  const { stdin, stdout, stderr } = process;
  const terminals = [stdin, stdout, stderr].filter(({ isTTY }) => isTTY === true);
  if (terminals.length === 0) return;
  process.on("exit", () => {
    // The system says of a closed one that it is no terminal.
    for (const { fd } of terminals) if (!isatty(fd)) closeSync(fd);
  });
}
