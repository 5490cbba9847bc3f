import type { AnyLayer } from "../../../../lib/layer/layer";
import type { JournalLine } from "../../run/journal/line";
import type { Run } from "../../run/run";
import { type JournalOfRun, storedJournals } from "../read-journals";

/** The run that last left a state, by its journal in the bucket. */
export interface LastKnown {
  readonly run: string;
  readonly user: string;
  /** As ISO 8601. */
  readonly time: string;
  readonly serial: number;
  readonly lineage?: string;
}

/** After these, nothing is expected. */
const gone = ["destroyed", "nothing to destroy"];

/** What the journals in the bucket say of the state of a layer; undefined if nothing, or that it was destroyed. */
export async function lastKnown(run: Run, layer: Pick<AnyLayer, "name">): Promise<LastKnown | undefined> {
  const endsIn = ({ lines }: JournalOfRun) =>
    lines.filter((line) => line.layer === layer.name && isEnd(line));
  const { runs } = await storedJournals(run, (read) => read.some((journal) => endsIn(journal).length > 0));
  const last = runs.map((journal) => endsIn(journal).at(-1)).find((line) => line !== undefined);
  const serial = last?.serials?.after;
  if (last === undefined || serial === undefined || gone.includes(last.phase)) return undefined;
  const { run: name, user, time, serials: { lineage } = {} } = last;
  return { run: name, user, time, serial, ...(lineage === undefined ? {} : { lineage }) };
}

/** Whether it says how the layer came out, with what is known of its state. */
function isEnd({ phase, serials }: JournalLine): boolean {
  return serials?.after !== undefined || gone.includes(phase);
}
