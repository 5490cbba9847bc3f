import { exitCodes } from "../../../../lib/errors";
import type { JournalLine } from "../../run/journal/line";
import type { Run } from "../../run/run";
import { type JournalOfRun, readJournals } from "../read-journals";

/** A layer that an unfinished run has brought to its end, hooks included. */
export interface Finished {
  readonly run: string;
  readonly ended: Date;
  readonly outcome: "applied" | "unchanged";
  /** What it was made from, see `inputsOf`. */
  readonly inputs: string;
  /** Of its state after that. */
  readonly serial: number;
  readonly lineage: string;
}

/** As many runs are looked through, the current one included; after more, everything is planned. */
const newest = 10;

/** What is older is planned: somebody may have changed something since. */
const mostHours = 24;

/** Commands that change a state at most, which has another serial then. */
const passing: readonly string[] = ["recover", "unlock"];

/** Phases of a layer at which a run did nothing to it. */
const idle: readonly string[] = ["not run", "skipped"];

/** The layers that the newest runs of `apply` have finished, as far as none of these runs came to its end. */
export async function unfinishedRuns(run: Run): Promise<ReadonlyMap<string, Finished>> {
  const { runs } = await readJournals(run, { newest });
  const seen = new Map<string, Finished | undefined>();
  for (const earlier of runs.filter((each) => each.run !== run.name)) {
    const command = earlier.lines[0]?.command.split(" ")[0] ?? "";
    if (passing.includes(command)) continue;
    if (command !== "apply" || hasSucceeded(earlier)) break;
    for (const layer of layersOf(earlier))
      if (!seen.has(layer)) seen.set(layer, finishedIn(run, earlier, layer));
  }
  return new Map(
    [...seen].flatMap(([layer, found]) => (found === undefined ? [] : [[layer, found] as const])),
  );
}

function hasSucceeded({ lines }: JournalOfRun): boolean {
  const last = lines.at(-1);
  return last?.phase === "ended" && last.exitCode === exitCodes.done;
}

/** Those that a run has begun. */
function layersOf({ lines }: JournalOfRun): ReadonlySet<string> {
  return new Set(
    lines.flatMap(({ layer, phase }) => (layer === undefined || idle.includes(phase) ? [] : [layer])),
  );
}

function finishedIn({ world }: Run, { run, lines }: JournalOfRun, layer: string): Finished | undefined {
  const own = lines.filter((line) => line.layer === layer);
  const { phase, time, inputs, serials }: Partial<JournalLine> = own.at(-1) ?? {};
  const { after: serial, lineage } = serials ?? {};
  if (phase !== "finished" || time === undefined || inputs === undefined) return undefined;
  if (serial === undefined || lineage === undefined) return undefined;
  const ended = new Date(time);
  // Of no age at all where the time cannot be read.
  if (!(world.clock.now().getTime() - ended.getTime() <= mostHours * 3_600_000)) return undefined;
  const outcome = own.some((line) => line.phase === "applied") ? "applied" : "unchanged";
  return { run, ended, outcome, inputs, serial, lineage };
}
