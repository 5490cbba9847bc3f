import type { RunEvent } from "../run/events";
import type { UiMessage } from "./ui-message";

/**
 * Errors after which nobody knows whether the change was made: the provider has ended, or the request was cancelled.
 * https://github.com/hashicorp/terraform/blob/v1.11.4/internal/plugin/grpc_error.go
 */
const unknownEnd =
  /Plugin did not respond|Request cancelled|context canceled|transport is closing|error reading from server/;

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
      const { severity, summary, detail } = message.diagnostic;
      const isUnknown = severity === "error" && unknownEnd.test(`${summary}\n${detail}`);
      return isUnknown ? { type: "answer lost", layer } : undefined;
    }
    default:
      return undefined;
  }
}
