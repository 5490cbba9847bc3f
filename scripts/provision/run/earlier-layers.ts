import type { AnyLayer } from "../../../lib/layer/layer";
import { commandLine } from "../command-line/request";
import type { Run } from "./run";

/** The command line that applies a layer after those before it, of which some are not applied. */
export function earlierLayersLine({ request }: Pick<Run, "request">, layer: AnyLayer): string {
  const goesOn = request.command === "apply" && request.only.length === 0;
  const until = goesOn ? request.until : layer.name;
  return commandLine(request, { command: "apply", plan: undefined, only: [], from: undefined, until });
}
