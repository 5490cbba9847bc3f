import { credentialExpiry } from "../aws/credential-expiry";
import { Durations } from "../run/durations";
import type { RunFolders } from "../run/folders";
import type { Run } from "../run/run";
import type { Verdict } from "../run/verdict";
import { about } from "../screen/duration";
import { minuteOf } from "../screen/minute";
import { ExpectedTime } from "./expected-time";

/** Whether the credentials last as long as an apply of the selected layers; `own` has what is known of earlier runs. */
export function credentialTime(run: Run, { own }: Pick<RunFolders, "own">): Verdict {
  const expiry = credentialExpiry(run);
  if (expiry.kind === "unknown") return { state: "skipped", found: expiry.because };
  if (expiry.kind === "lasting") return { state: "ok", found: expiry.because };
  const left = (expiry.at.getTime() - run.world.clock.now().getTime()) / 1000;
  const until = `${minuteOf(expiry.at)}, according to ${expiry.according}`;
  // What says so may be older than the credentials; AWS itself refuses those that have expired.
  if (left <= 0) return { state: "warning", found: `they have expired: ${until}`, cure: run.signIn };
  const expected = expectedSeconds(run, own);
  const lasting = `they expire in ${about(left)}: ${until}`;
  if (expected === undefined) return { state: "ok", found: lasting };
  return expected < left
    ? { state: "ok", found: `${lasting}; a run takes about ${about(expected)}` }
    : { state: "warning", found: `${lasting}, but a run takes about ${about(expected)}`, cure: run.signIn };
}

/** How long an apply of the selected layers takes; undefined if that is not known of one of them. */
function expectedSeconds({ world, folders, selected }: Run, own: string): number | undefined {
  const durations = new Durations(world.files, `${own}/durations.json`);
  const expected = new ExpectedTime(world.files, folders.synthesised, durations);
  const seconds = selected.map(({ name }) => expected.ofLayer(name, "apply"));
  return seconds.reduce((sum, of) => (sum === undefined || of === undefined ? undefined : sum + of), 0);
}
