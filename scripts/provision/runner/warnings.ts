import type { RunEvent } from "../run/events";
import type { Terminal } from "../world/index";

/** Prints the warnings of a run on standard error, where standard output is a document. */
export function warningsTo(terminal: Pick<Terminal, "printError">): (event: RunEvent) => void {
  return (event) => {
    if (event.type === "note" && event.tone === "warning") terminal.printError(event.text);
  };
}
