import { stripVTControlCharacters } from "node:util";
import type { Finished } from "../world/index";
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

/** Whether a command printed an error as text; documents, and messages on standard output, are read otherwise. */
export function hasErrors(
  finished: Pick<Finished, "stdout" | "stderr">,
  { onMessage, quiet }: { readonly onMessage?: unknown; readonly quiet?: boolean },
): boolean {
  const isText = onMessage === undefined && quiet !== true;
  return /^Error: /m.test(readable(isText ? finished : { ...finished, stdout: "" }));
}

/** What a command printed, without the colours and frames that Terraform gives to errors in files and pipes, too. */
export function readable({ stdout, stderr }: Pick<Finished, "stdout" | "stderr">): string {
  return stripVTControlCharacters(`${stdout}${stderr}`)
    .replaceAll(/^[╷│╵] ?/gm, "")
    .split("\n")
    .map((line) => {
      const { text } = readUiMessage(line);
      return text === "" ? line : text;
    })
    .join("\n");
}
