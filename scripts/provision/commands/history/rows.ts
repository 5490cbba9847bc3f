import { exitCodes } from "../../../../lib/errors";
import { counted } from "../../run/counted";
import type { JournalLine } from "../../run/journal/line";
import { shortDigest } from "../../run/plan";
import { minuteOf } from "../../screen/minute";
import type { JournalOfRun } from "../../runner/read-journals";

/** Phases of a layer after which nothing more follows, as they are counted. */
const ends = [
  "applied",
  "destroyed",
  "unchanged",
  "skipped",
  "nothing to destroy",
  "declined",
  "refused",
  "failed",
  "interrupted",
  "not run",
];

/** One run: its name, when it began, who, what, how many layers came out how, and how it ended. */
export function runRow({ run, lines }: JournalOfRun, atWork: ReadonlySet<string>): readonly string[] {
  const [first] = lines;
  if (first === undefined) return [run, "", "", "", "", ""];
  const who = `${first.user}@${first.host}`;
  return [run, momentOf(first), who, first.command, layersText(lines), outcomeText(lines, atWork.has(run))];
}

/** `14 unchanged, 1 applied`. */
function layersText(lines: readonly JournalLine[]): string {
  const ended = lines.filter(({ layer, phase }) => layer !== undefined && ends.includes(phase));
  const counts = ends.map((end) => [ended.filter(({ phase }) => phase === end).length, end] as const);
  return counts.flatMap(([count, end]) => (count === 0 ? [] : [`${count} ${end}`])).join(", ");
}

const names = new Map<number, string>([
  [exitCodes.done, "done"],
  [exitCodes.preflightFailed, "not started"],
  [exitCodes.locked, "locked"],
  [exitCodes.stalePlan, "stale plan"],
  [exitCodes.interrupted, "interrupted"],
  [exitCodes.recoveryNeeded, "to be recovered"],
]);

/** `failed at eks`, or where it was when it was last heard of. */
function outcomeText(lines: readonly JournalLine[], isAtWork: boolean): string {
  const last = lines.at(-1);
  const exitCode = last?.phase === "ended" ? last.exitCode : undefined;
  if (exitCode === exitCodes.done) return "done";
  const at = lines.findLast(({ layer, phase }) => layer !== undefined && phase !== "not run")?.layer;
  const outcome =
    exitCode === undefined ? (isAtWork ? "at work" : "not ended") : (names.get(exitCode) ?? "failed");
  return at === undefined ? outcome : `${outcome} at ${at}`;
}

/** One transition: when, at which layer, what, and everything that is known of it. */
export function lineRow(line: JournalLine): readonly string[] {
  const { layer = "", phase, changes, approval, digest, terraform, counts, serials, exitCode } = line;
  const { reason, attempt, retries, inputs } = line;
  const details = [
    ...(changes === undefined ? [] : [`changes: ${changes}`]),
    ...(approval === undefined ? [] : [`by ${approval}`]),
    ...(digest === undefined ? [] : [`plan ${shortDigest(digest)}`]),
    ...(terraform === undefined ? [] : [`terraform ${terraform}`]),
    ...(counts === undefined
      ? []
      : [`${counts.added} added, ${counts.changed} changed, ${counts.destroyed} destroyed`]),
    ...(inputs === undefined ? [] : [`inputs ${shortDigest(inputs)}`]),
    ...(reason === undefined ? [] : [reason]),
    ...(attempt === undefined ? [] : [`attempt ${attempt}`]),
    ...(retries === undefined ? [] : [counted(retries, "retry", "retries")]),
    ...serialText(serials),
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
  ];
  return [line.time.replace(/\.\d+Z$/, "Z"), layer, phase, details.join("; ")];
}

function serialText(serials: JournalLine["serials"]): readonly string[] {
  const { before, after } = serials ?? {};
  if (before === undefined && after === undefined) return [];
  return [before === after ? `serial ${after}` : `serial ${before ?? "none"} -> ${after ?? "unknown"}`];
}

/** When it was, to the minute; what is no time is shown as it is. */
export function momentOf({ time }: Pick<JournalLine, "time">): string {
  const moment = new Date(time);
  return Number.isNaN(moment.getTime()) ? time : minuteOf(moment);
}
