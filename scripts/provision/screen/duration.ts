/** `8 s`, `2 min 5 s`: a duration in human-readable form. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** An expected duration, no more exact than it can be: `2 min`. */
export function about(seconds: number): string {
  return `${Math.max(1, Math.round(seconds / 60))} min`;
}

/** More than usual by so much is remarkable. */
const tolerance = 1.25;

/**
 * Elapsed time beside what is usual, e.g. `4 min 10 s of about 13 min`, and what is left of it on narrower lines, longest
 * first; what usually takes less than a minute is not compared.
 */
export function elapsedOf(
  seconds: number,
  usual: number | undefined,
): readonly [longest: string, ...shorter: string[]] {
  const elapsed = duration(seconds);
  if (usual === undefined || usual < 60) return [elapsed];
  const normal = `about ${about(usual)}`;
  const compared = `${elapsed} of ${normal}`;
  return seconds > tolerance * usual
    ? [`${elapsed}, longer than usual (${normal})`, compared, elapsed]
    : [compared, elapsed];
}
