import { exitCodes, UserError } from "../../../lib/errors";
import type { Publishing } from "../../../lib/layer/publishing";
import { commandLine } from "../command-line/request";
import type { Run } from "./run";

type Known = Pick<Run, "request" | "layers" | "loaded" | "file">;

/** The release service of an environment; throws if it has none. `doing` is e.g. "publish to". */
export function publishingOf({ request, layers, loaded, file }: Known, doing: string): Publishing {
  const layer = layers.find((known) => known.publishing !== undefined);
  const { environment, settings } = loaded;
  const places = layer?.publishing?.({ environment, settings: settings[layer.name] });
  if (places !== undefined) return places;
  throw new UserError(
    `Cannot ${doing} "${environment.name}": layers.release-service.enabled is false in ${file}`,
    `Set it to true, then run: ${releaseServiceApplied({ request })}`,
    exitCodes.preflightFailed,
  );
}

/** The command that creates the release service. */
export function releaseServiceApplied({ request }: Pick<Known, "request">): string {
  // Options of another command are read by the names that it declares.
  return `${commandLine(request, { command: "apply", plan: undefined })} --only release-service`;
}
