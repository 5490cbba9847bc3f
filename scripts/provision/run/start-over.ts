import { commandLine } from "../command-line/request";
import type { Run } from "./run";

/**
 * The commands that start a rehearsal over; undefined on a real run. They replace commands of Terraform in hints: typed
 * at a prompt, without the variables of the rehearsal, those would reach the real state bucket.
 */
export function startOver({ request, folders }: Pick<Run, "request" | "folders">): string | undefined {
  if (!request.rehearse) return undefined;
  // Without its files nothing is applied, so it cannot start at a later layer.
  return `rm -r ${folders.own}; then run: ${commandLine(request, { from: undefined })}`;
}
