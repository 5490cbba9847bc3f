import type { Ink } from "../../../../lib/ink";
import { commandLine } from "../../command-line/request";
import type { InitInvocation } from "./index";

/** What was written, and what follows from it. */
interface Written {
  readonly file: string;
  readonly cost: readonly string[];
  /** What does not fit into the network or on the nodes, in sentences. */
  readonly misfits: readonly string[];
  /** Where the list of all settings is. */
  readonly reference: string;
}

/** The last lines of init: what was written, what it costs, and what to do next. */
export function closingLines(
  request: InitInvocation["request"],
  { bold, yellow }: Ink,
  { file, cost, misfits, reference }: Written,
): readonly string[] {
  const rehearsal = commandLine({ ...request, rehearse: true }, { command: "rehearse" });
  return [
    "",
    bold(`Wrote ${file}`),
    "",
    ...[...cost, ...misfits.map((misfit) => yellow(misfit))].map((text) => `  ${text}`),
    "",
    bold("Next"),
    `  1. Review ${file}, above all who has access;`,
    `     ${reference} lists every other setting`,
    "  2. Rehearse it in a simulated account on this machine:",
    `     ${rehearsal}`,
    "     with --verbose, it shows everything that would be created",
    "  3. Plan it in the account; layers wait until those before them are applied:",
    `     ${commandLine(request, { command: "plan" })}`,
  ];
}
