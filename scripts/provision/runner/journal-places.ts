import { allPages, awsCall } from "../../../lib/layer/aws-call";
import { readAsText } from "../../../lib/layer/read-as-text";
import { tryAws } from "../aws/client";
import { type Fault, faultText } from "../aws/fault";
import { type JournalLine, readLines } from "../run/journal/line";
import { runOf } from "../run/journal/place";
import type { Run } from "../run/run";
import type { AwsRequest } from "../world/index";

/** A journal that is there, and says nothing. */
export interface UnreadJournal {
  /** A path, or the URI of an object. */
  readonly place: string;
  /** A clause. */
  readonly because: string;
  /** What AWS said; unset if it gave the journal. */
  readonly fault?: Fault;
}

type Patience = AwsRequest["patience"];

/** Where journals are, by run, why those in the bucket are unknown, and how patiently each is asked for. */
export interface Places {
  readonly local: ReadonlyMap<string, string>;
  readonly stored: ReadonlyMap<string, Stored>;
  readonly fault: Fault | undefined;
  readonly patience: Patience;
}

/** A journal in the bucket. */
interface Stored {
  readonly key: string;
  /** Of the last line, by the clock of S3, in milliseconds. */
  readonly written: number;
}

/** Looks for journals on this machine, unless they are wanted from the bucket alone, and there. */
export async function placesOf(
  run: Run,
  { from, patience }: { readonly from: "bucket" | undefined; readonly patience: Patience },
): Promise<Places> {
  const local = from === "bucket" ? new Map<string, string>() : localRuns(run);
  return { local, ...(await storedRuns(run, patience)), patience };
}

/** What a journal says on this machine, and what in the bucket; nothing where it is not. */
export async function copiesOf(
  run: Run,
  { local, stored, patience }: Places,
  name: string,
): Promise<readonly Read[]> {
  return [linesAt(run, local.get(name)), await linesIn(run, stored.get(name)?.key, patience)];
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

/** Journals in the bucket, by run; or why they are unknown. A rehearsal has none. */
async function storedRuns(run: Run, patience: Patience): Promise<Pick<Places, "stored" | "fault">> {
  const none = { stored: new Map<string, Stored>(), fault: undefined };
  if (run.request.rehearse) return none;
  const { environment } = run.loaded;
  const { bucket, region } = environment.state;
  const list = awsCall("s3", "ListObjectsV2", { Bucket: bucket, Prefix: `${environment.region}/journal/` });
  const reply = await tryAws(run, { ...allPages(list, "Contents"), region }, patience);
  if (reply.kind === "fault") return isAbsent(reply.fault) ? none : { ...none, fault: reply.fault };
  const stored = new Map(
    (reply.output.Contents ?? []).flatMap(({ Key: key = "", LastModified }) => {
      const name = runOf(environment, { key });
      return name === undefined ? [] : [[name, { key, written: LastModified?.getTime() ?? 0 }] as const];
    }),
  );
  return { stored, fault: undefined };
}

const isAbsent = ({ code }: Fault) => code === "NoSuchBucket";

type Read = readonly JournalLine[] | UnreadJournal;

function linesAt({ world }: Run, file: string | undefined): Read {
  return file === undefined ? [] : readIn(world.files.read(file) ?? "", file);
}

/** None if the object has expired in the meantime. */
async function linesIn(run: Run, key: string | undefined, patience: Patience): Promise<Read> {
  if (key === undefined) return [];
  const { bucket, region } = run.loaded.environment.state;
  const place = `s3://${bucket}/${key}`;
  const get = readAsText(awsCall("s3", "GetObject", { Bucket: bucket, Key: key }), "Body");
  const reply = await tryAws(run, { ...get, region }, patience);
  if (reply.kind === "answered") return readIn(reply.output.Body, place);
  const { fault } = reply;
  return fault.code === "NoSuchKey" ? [] : { place, because: faultText(fault), fault };
}

/** A run that was killed may have left an empty file, or a part of a line. */
function readIn(text: string, place: string): Read {
  const lines = readLines(text);
  const isDamaged = lines.length === 0 && text.includes("\n");
  return isDamaged ? { place, because: "no line of it is one of a journal" } : lines;
}
