import { renderDiagnostic } from "./diagnostics";
import { readUiMessage, type UiMessage } from "./ui-message";

/** Returns a line of output in human-readable form, and passes on machine-readable messages. */
export function readLine(
  line: string,
  onMessage: ((message: UiMessage) => void) | undefined,
  errors: string[],
): string {
  if (!onMessage) return line;
  const message = readUiMessage(line);
  onMessage(message);
  if (message.kind !== "diagnostic") return message.text;
  const text = renderDiagnostic(message.diagnostic);
  if (message.diagnostic.severity === "error") errors.push(text);
  return text;
}

/** An output in human-readable form. */
export function readable(output: string): string {
  return output
    .split("\n")
    .map((line) => {
      const { text } = readUiMessage(line);
      return text === "" ? line : text;
    })
    .join("\n");
}
