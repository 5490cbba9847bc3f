import { dotted } from "../../../lib/environment/dotted-path";
import type { Run } from "../run/run";

/** Says what the layers warn of, before a run that would create or change it. */
export function noteWarnings({ loaded, request, file, events }: Run): void {
  const { command, rehearse } = request;
  if (rehearse || (command !== "plan" && command !== "apply")) return;
  for (const { position, path, message, hint = "" } of loaded.warnings) {
    const place = `${file}:${position.line}:${position.column}`;
    events.note(`${place} ${dotted(path)}: ${message}. ${hint}`.trimEnd(), "warning");
  }
}
