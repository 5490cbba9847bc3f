import type { Verdict } from "../run/verdict";
import { duration } from "../screen/duration";

/** AWS accepts what was signed up to 5 minutes ago: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export const acceptedSeconds = 300;
/** A clock that is set by NTP differs by far less. */
const remarkableSeconds = 60;

/** What the difference between the clock of this machine and that of AWS means for a run; undefined is unknown. */
export function clockVerdict(aheadSeconds: number | undefined): Verdict {
  if (aheadSeconds === undefined) return { state: "skipped", found: "AWS did not say what time it is" };
  const seconds = Math.abs(aheadSeconds);
  const found = `${duration(seconds)} ${aheadSeconds < 0 ? "behind" : "ahead of"} AWS`;
  if (seconds < remarkableSeconds) return { state: "ok", found };
  const cure = "Set the clock of this machine, e.g. by NTP";
  return seconds < acceptedSeconds
    ? { state: "warning", found, cure }
    : { state: "failed", found: `${found}, which accepts ${duration(acceptedSeconds)}`, cure };
}
