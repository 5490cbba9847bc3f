import { commandLine, type Request } from "../command-line/request";
import type { Run } from "./run";

/** Options of `recover` that say what to recover from; see its declaration. */
interface Source {
  readonly state?: string | undefined;
  readonly stateVersion?: string | undefined;
}

/**
 * The command line that recovers a layer, e.g. saves a state of it which an earlier run could not save. What another `recover` has
 * been told to recover from is not meant here.
 */
export function recoverLine(
  { request }: Pick<Run, "request">,
  { name }: { readonly name: string },
  change: Source & Pick<Partial<Request>, "yes"> = {},
): string {
  return commandLine<Request & Source>(request, {
    ...{ command: "recover", only: [name], from: undefined, until: undefined },
    ...{ state: undefined, stateVersion: undefined },
    ...change,
  });
}
