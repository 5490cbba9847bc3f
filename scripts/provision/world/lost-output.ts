import { exitCodes } from "../../../lib/errors";
import { fileError } from "../../../lib/file-error";

/** What it needs of Node's process. */
interface Exiting {
  exitCode?: number | string | null | undefined;
  readonly stdout: { readonly isTTY?: boolean };
  once(event: "exit", listener: () => void): unknown;
}

/**
 * Reports output that cannot be written, e.g. to a file on a full disk, and lets the process fail at its end: a program that
 * reads a document would take a part for the whole. Who closes a pipe or a terminal wants no more, and is told nothing.
 */
export function reportLostOutput(process: Exiting, print: (text: string) => void): (error: Error) => void {
  let reported = false;
  return (error) => {
    const code = "code" in error ? error.code : undefined;
    // A closed terminal reports what a broken disk does.
    if (reported || code === "EPIPE" || (code === "EIO" && process.stdout.isTTY)) return;
    const failure = fileError(error, { verb: "write", path: "standard output" });
    if (failure === undefined) return;
    reported = true;
    print(`\n${failure.message}\n  ${failure.hint}`);
    process.once("exit", () => {
      process.exitCode ||= exitCodes.failed;
    });
  };
}
