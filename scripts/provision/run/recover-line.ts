import { commandLine } from "../command-line/request";
import type { Run } from "./run";

/** The command line that saves a state of a layer which an earlier run could not save. */
export function recoverLine({ request }: Pick<Run, "request">, { name }: { readonly name: string }): string {
  return commandLine(request, { command: "recover", only: [name], from: undefined, until: undefined });
}
