import type { JournalLine } from "../../run/journal/line";
import type { Run } from "../../run/run";
import { readJournals } from "../../runner/read-journals";

/** The run that last applied a layer. */
export interface AppliedBy {
  readonly run: string;
  /** When, as ISO 8601. */
  readonly time: string;
  readonly user: string;
  readonly host: string;
  /** An ARN. */
  readonly caller?: string;
  readonly commit?: string;
}

/** As many runs are looked through. */
const newest = 20;

/** Who last applied each layer that was not destroyed since, by the journals of the newest runs; of others they say nothing. */
export async function appliedBy(run: Run): Promise<ReadonlyMap<string, AppliedBy>> {
  const { runs } = await readJournals(run, { newest });
  const last = new Map<string, JournalLine>();
  for (const line of runs.toReversed().flatMap(({ lines }) => lines))
    if (line.layer !== undefined && ends.includes(line.phase)) last.set(line.layer, line);
  return new Map(
    [...last].flatMap(([layer, line]) =>
      line.phase === "applied" ? [[layer, lineSummary(line)] as const] : [],
    ),
  );
}

/** Phases that say whether a layer is there. */
const ends: readonly string[] = ["applied", "destroyed", "nothing to destroy"];

function lineSummary({ run, time, user, host, caller, commit }: JournalLine): AppliedBy {
  return {
    ...{ run, time, user, host },
    ...(caller === undefined ? {} : { caller }),
    ...(commit === undefined ? {} : { commit }),
  };
}
