import { programLine } from "../command-line/help";
import { commandLine, type Request } from "../command-line/request";

/** The command line without what starts the product, e.g. `apply --env dev`. */
export function shortLine(request: Request): string {
  const line = commandLine(request).slice(programLine.length + 1);
  return line.startsWith("--") ? `${request.command} ${line}` : line;
}
