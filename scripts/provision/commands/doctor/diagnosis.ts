import { UserError } from "../../../../lib/errors";
import { fileError } from "../../../../lib/file-error";
import type { Run } from "../../run/run";
import type { Verdict } from "../../run/verdict";
import type { Clock } from "../../world/index";
import { type DoctorLook, type Ground, groundOf } from "./ground";
import { looksOf } from "./looks/index";

/** A verdict, and what it is about. */
export type Finding = Verdict & Pick<DoctorLook, "about" | "why">;

/** Everything is over so many seconds after this process began: what comes before the first look counts too. */
const limitSeconds = 8;
/** Where that takes much longer than the 2 to 3 s of a quiet machine, the looks still have as long as a request may take. */
const leastSeconds = 4;

/** Makes every look at once; one that takes too long is reported as such, and what it has started is ended. */
export async function diagnosis(run: Run): Promise<readonly Finding[]> {
  const { clock, processes } = run.world;
  const begun = clock.seconds();
  const end = Math.max(limitSeconds, begun + leastSeconds);
  const ending = after(clock, end - begun);
  const abort = new AbortController();
  const ground = groundOf(run, abort.signal);
  try {
    const findings = await Promise.all(
      looksOf(run).map(async (look) => {
        const late = ending.reached.then(() => unanswered(look, end));
        const found = await Promise.race([attempt(look, ground), late]);
        return [found].flat().map((verdict) => ({ about: look.about, why: look.why, ...verdict }));
      }),
    );
    return findings.flat();
  } finally {
    ending.cancel();
    abort.abort();
    processes.signal("SIGKILL");
  }
}

function unanswered({ cureWhenLate }: DoctorLook, seconds: number): Verdict {
  const found = `not answered within ${Math.ceil(seconds)} s`;
  return cureWhenLate === undefined
    ? { state: "skipped", found }
    : { state: "failed", found, cure: cureWhenLate };
}

/** What the system refuses is said of the look alone, and keeps no other one from its answer. */
async function attempt(look: DoctorLook, ground: Ground): Promise<Verdict | readonly Verdict[]> {
  try {
    return await look.look(ground);
  } catch (error) {
    const refused = error instanceof UserError ? error : fileError(error);
    if (refused === undefined) throw error;
    return { state: "failed", found: refused.message, cure: refused.hint };
  }
}

function after(clock: Clock, seconds: number): { readonly reached: Promise<void>; cancel(): void } {
  let cancel = (): void => undefined;
  const reached = new Promise<void>((done) => {
    cancel = clock.every(seconds, done);
  });
  return { reached, cancel };
}
