import type { RunEvent } from "../run/events";
import type { UiMessage } from "./ui-message";
import { isUnknownEnd } from "./unknown-end";

/** What a message of an apply says of an object, or of the answer to a request; undefined for all others. */
export function applyEvent(layer: string, message: UiMessage): RunEvent | undefined {
  switch (message.kind) {
    case "started":
      return { type: "object began", layer, change: message.change };
    case "done":
      return { type: "object changed", layer, change: message.change };
    case "errored":
      return { type: "object failed", layer, change: message.change };
    case "diagnostic": {
      const { severity, summary, detail, address } = message.diagnostic;
      if (severity !== "error") return undefined;
      if (isUnknownEnd(`${summary}\n${detail}`))
        return { type: "answer lost", layer, ...(address === undefined ? {} : { address }) };
      return address === undefined ? undefined : { type: "answer given", layer, address };
    }
    default:
      return undefined;
  }
}
