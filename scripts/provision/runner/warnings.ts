import type { RunEvent } from "../run/events";
import type { Screen } from "../screen/screen";

/** Prints the warnings of a run on standard error, where standard output is a document. */
export function warningsTo(screen: Pick<Screen, "printError">): (event: RunEvent) => void {
  return (event) => {
    if (event.type === "note" && event.tone === "warning") screen.printError(event.text);
  };
}
