import { allPages, awsCall } from "../../../lib/layer/aws-call";
import { readAsText } from "../../../lib/layer/read-as-text";
import { tryAws } from "../aws/client";
import { type Fault, faultText } from "../aws/fault";
import { type JournalLine, readLines } from "../run/journal/line";
import { runOf } from "../run/journal/place";
import type { Run } from "../run/run";

/** What is known of one run. */
export interface JournalOfRun {
  readonly run: string;
  /** In the order in which they were written; at least one. */
  readonly lines: readonly JournalLine[];
}

/** Journals of an environment, and why some may be missing. */
export interface Journals {
  /** The newest first. */
  readonly runs: readonly JournalOfRun[];
  /** Why only those on this machine are among them; unset if the bucket has been read. */
  readonly bucketUnread?: string;
}

/**
 * Reads the journals of the newest runs, or that of one run: from the state bucket, and those that only this machine has, unless they
 * are wanted from the bucket alone; of two copies the longer. What they say is for people: the states alone say what there is.
 */
export async function readJournals(
  run: Run,
  wanted: ({ readonly newest: number } | { readonly run: string }) & { readonly from?: "bucket" },
): Promise<Journals> {
  const local = wanted.from === "bucket" ? new Map<string, string>() : localRuns(run);
  const stored = await storedRuns(run);
  const bucketUnread = typeof stored === "string" ? { bucketUnread: stored } : {};
  const remote = typeof stored === "string" ? new Map<string, string>() : stored;
  const names = [...new Set([...local.keys(), ...remote.keys()])].sort().reverse();
  const chosen =
    "run" in wanted ? names.filter((name) => name === wanted.run) : names.slice(0, wanted.newest);
  const runs = await Promise.all(
    chosen.map(async (name) => {
      const copies = [linesAt(run, local.get(name)), await linesIn(run, remote.get(name))];
      const [lines = []] = copies.toSorted((one, other) => other.length - one.length);
      return { run: name, lines };
    }),
  );
  return { runs: runs.filter(({ lines }) => lines.length > 0), ...bucketUnread };
}

/** Files of journals on this machine, by run. */
function localRuns({ world, folders, loaded }: Run): ReadonlyMap<string, string> {
  const folder = `${folders.own}/journal`;
  return new Map(
    world.files.list(folder).flatMap((file) => {
      const name = runOf(loaded.environment, { file });
      return name === undefined ? [] : [[name, `${folder}/${file}`] as const];
    }),
  );
}

/** Keys of journals in the bucket, by run; or why they are unknown. A rehearsal has none. */
async function storedRuns(run: Run): Promise<ReadonlyMap<string, string> | string> {
  if (run.request.rehearse) return new Map();
  const { environment } = run.loaded;
  const { bucket, region } = environment.state;
  const list = awsCall("s3", "ListObjectsV2", { Bucket: bucket, Prefix: `${environment.region}/journal/` });
  const reply = await tryAws(run, { ...allPages(list, "Contents"), region }, "question");
  if (reply.kind === "fault") return isAbsent(reply.fault) ? new Map() : faultText(reply.fault);
  return new Map(
    (reply.output.Contents ?? []).flatMap(({ Key = "" }) => {
      const name = runOf(environment, { key: Key });
      return name === undefined ? [] : [[name, Key] as const];
    }),
  );
}

const isAbsent = ({ code }: Fault) => code === "NoSuchBucket";

function linesAt({ world }: Run, file: string | undefined): readonly JournalLine[] {
  return file === undefined ? [] : readLines(world.files.read(file) ?? "");
}

/** None if the object cannot be read: it may have expired in the meantime. */
async function linesIn(run: Run, key: string | undefined): Promise<readonly JournalLine[]> {
  if (key === undefined) return [];
  const { bucket, region } = run.loaded.environment.state;
  const get = readAsText(awsCall("s3", "GetObject", { Bucket: bucket, Key: key }), "Body");
  const reply = await tryAws(run, { ...get, region }, "question");
  return reply.kind === "fault" ? [] : readLines(reply.output.Body);
}
