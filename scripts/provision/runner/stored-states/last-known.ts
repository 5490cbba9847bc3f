import type { AnyLayer } from "../../../../lib/layer/layer";
import type { JournalLine } from "../../run/journal/line";
import type { Run } from "../../run/run";
import { type Journals, readJournals } from "../read-journals";

/** The run that last left a state, by its journal in the bucket. */
export interface LastKnown {
  readonly run: string;
  readonly user: string;
  /** As ISO 8601. */
  readonly time: string;
  readonly serial: number;
}

/** Older ones have expired, or somebody would have missed the layer. */
const newest = 50;

/** After these, nothing is expected. */
const gone = ["destroyed", "nothing to destroy"];

/** Read once, for all layers. */
const journals = new WeakMap<Run, Promise<Journals>>();

/**
 * What the journals in the bucket say of a layer that has no state; undefined if nothing, or that it was destroyed. Those on this machine do
 * not count: somebody else may have destroyed the environment with its bucket.
 */
export async function lastKnown(run: Run, { name }: Pick<AnyLayer, "name">): Promise<LastKnown | undefined> {
  const reading = journals.get(run) ?? readJournals(run, { newest, from: "bucket" });
  journals.set(run, reading);
  const { runs } = await reading;
  const ends = runs.flatMap(({ lines }) => lines.filter((line) => line.layer === name && isEnd(line)));
  const [last] = ends.toSorted((one, other) => (one.time < other.time ? 1 : -1));
  const serial = last?.serials?.after;
  if (last === undefined || serial === undefined || gone.includes(last.phase)) return undefined;
  const { user, time } = last;
  return { run: last.run, user, time, serial };
}

/** Whether it says how the layer came out, with what is known of its state. */
function isEnd({ phase, serials }: JournalLine): boolean {
  return serials?.after !== undefined || gone.includes(phase);
}
