import { exitCodes, UserError } from "../../../../lib/errors";
import { table } from "../../../../lib/table";
import { commandLine } from "../../command-line/request";
import { printable } from "../../screen/printable";
import { runsAtWork } from "./at-work";
import { type Journals, readJournals } from "../../runner/read-journals";
import type { HistoryRun } from "./index";
import { lineRow, momentOf, runRow } from "./rows";

/** As many runs are listed. */
const newest = 30;

/** Prints the runs of an environment, or the transitions of one of them. */
export async function handle(run: HistoryRun): Promise<number> {
  const { run: wanted, format } = run.request;
  const journals = await readJournals(run, wanted === undefined ? { newest } : { run: wanted });
  if (wanted !== undefined && journals.runs.length === 0) throw unknownRun(run, wanted, journals);
  if (format === "json") run.screen.verbatim(JSON.stringify(documentOf(run, journals), undefined, 2));
  else run.screen.print(textOf(run, journals, await runsAtWork(run, journals)));
  return exitCodes.done;
}

function documentOf({ loaded }: HistoryRun, { runs, bucketUnread }: Journals): object {
  return {
    environment: loaded.environment.name,
    bucket: loaded.environment.state.bucket,
    ...(bucketUnread === undefined ? {} : { bucketUnread }),
    runs,
  };
}

function textOf(run: HistoryRun, { runs, bucketUnread }: Journals, atWork: ReadonlySet<string>): string {
  const { ink, columns } = run.screen;
  const notes = bucketUnread === undefined ? [] : [ink.yellow(unreadText(run, bucketUnread))];
  if (runs.length === 0)
    return ["", ...notes, `No run of ${run.loaded.environment.name} is known`].join("\n");
  const [first] = runs;
  const one = run.request.run !== undefined && first !== undefined;
  const drawn = table({
    head: one
      ? ["time", "layer", "phase", "details"]
      : ["run", "began", "who", "command", "layers", "outcome"],
    // Whoever writes to the bucket can write anything.
    rows: (one ? first.lines.map(lineRow) : runs.map((each) => runRow(each, atWork))).map((row) =>
      row.map(printable),
    ),
    ...{ ruled: false, bold: ink.bold, width: columns },
  });
  const about = one ? [...headOf(first.lines[0])] : [];
  return ["", ...about, drawn, ...notes, ...next(run, one)].join("\n");
}

/** Who ran what, which is the same in every line. */
function headOf(line: Journals["runs"][number]["lines"][number] | undefined): readonly string[] {
  if (line === undefined) return [];
  const { run, command, user, host, pid, caller, commit } = line;
  const facts = [
    `${run}: ${command}`,
    `by ${user} on ${host} (process ${pid})${caller === undefined ? "" : `, as ${caller}`}`,
    `since ${momentOf(line)}${commit === undefined ? "" : `, commit ${commit}`}`,
  ];
  return [...facts.map(printable), ""];
}

function next(run: HistoryRun, one: boolean): readonly string[] {
  const { ink } = run.screen;
  const line = commandLine<HistoryRun["request"]>(run.request, { run: "<run>" });
  return one ? [] : [ink.dim(`What one of them did: ${line}`)];
}

function unreadText({ loaded }: HistoryRun, because: string): string {
  return `The state bucket "${loaded.environment.state.bucket}" cannot be read, ${because}: these are the runs on this machine alone`;
}

function unknownRun(run: HistoryRun, wanted: string, { bucketUnread }: Journals): UserError {
  const place = bucketUnread === undefined ? "" : `, and ${unreadText(run, bucketUnread)}`;
  return new UserError(
    `Cannot print the history of "${wanted}": no such run is known${place}`,
    `To list all, run: ${commandLine<HistoryRun["request"]>(run.request, { run: undefined })}`,
    exitCodes.failed,
  );
}
