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
  /** Journals of which no line could be read. */
  readonly unread: readonly UnreadJournal[];
}

/** A journal that is there, and says nothing. */
export interface UnreadJournal {
  /** A path, or the URI of an object. */
  readonly place: string;
  /** A clause. */
  readonly because: string;
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
  const listed = await storedRuns(run);
  const bucketUnread = typeof listed === "string" ? { bucketUnread: listed } : {};
  const remote = typeof listed === "string" ? new Map<string, string>() : listed;
  const names = [...new Set([...local.keys(), ...remote.keys()])].sort().reverse();
  const chosen =
    "run" in wanted ? names.filter((name) => name === wanted.run) : names.slice(0, wanted.newest);
  const read = await Promise.all(
    chosen.map(async (name) => {
      const copies = [linesAt(run, local.get(name)), await linesIn(run, remote.get(name))];
      const [lines = []] = copies
        .flatMap((copy) => ("because" in copy ? [] : [copy]))
        .toSorted((one, other) => other.length - one.length);
      return {
        journal: { run: name, lines },
        unread: copies.flatMap((copy) => ("because" in copy ? [copy] : [])),
      };
    }),
  );
  return {
    runs: read.flatMap(({ journal }) => (journal.lines.length > 0 ? [journal] : [])),
    unread: read.flatMap(({ journal, unread }) => (journal.lines.length > 0 ? [] : unread)),
    ...bucketUnread,
  };
}

/** Older ones have expired, or somebody would have missed the layer. */
const newest = 50;

/** Read once in a run, for all layers. */
const stored = new WeakMap<Run, Promise<Journals>>();

/**
 * The journals of earlier runs in the bucket, the newest first. Those on this machine do not count: somebody else may have destroyed the
 * environment with its bucket.
 */
export function storedJournals(run: Run): Promise<Journals> {
  const reading = stored.get(run) ?? earlierInBucket(run);
  stored.set(run, reading);
  return reading;
}

async function earlierInBucket(run: Run): Promise<Journals> {
  const journals = await readJournals(run, { newest, from: "bucket" });
  return { ...journals, runs: journals.runs.filter((each) => each.run !== run.name) };
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

type Read = readonly JournalLine[] | UnreadJournal;

function linesAt({ world }: Run, file: string | undefined): Read {
  return file === undefined ? [] : readIn(world.files.read(file) ?? "", file);
}

/** None if the object has expired in the meantime. */
async function linesIn(run: Run, key: string | undefined): Promise<Read> {
  if (key === undefined) return [];
  const { bucket, region } = run.loaded.environment.state;
  const place = `s3://${bucket}/${key}`;
  const get = readAsText(awsCall("s3", "GetObject", { Bucket: bucket, Key: key }), "Body");
  const reply = await tryAws(run, { ...get, region }, "question");
  if (reply.kind === "answered") return readIn(reply.output.Body, place);
  return reply.fault.code === "NoSuchKey" ? [] : { place, because: faultText(reply.fault) };
}

/** A run that was killed may have left an empty file, or a part of a line. */
function readIn(text: string, place: string): Read {
  const lines = readLines(text);
  const isDamaged = lines.length === 0 && text.includes("\n");
  return isDamaged ? { place, because: "no line of it is one of a journal" } : lines;
}
