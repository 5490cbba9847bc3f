import { UserError } from "../../../../lib/errors";
import { fileError } from "../../../../lib/file-error";
import type { Run } from "../../run/run";
import type { Verdict } from "../../run/verdict";
import type { Clock } from "../../world/index";
import { type DoctorLook, type Ground, groundOf } from "./ground";
import { looksOf } from "./looks/index";

/** A verdict, and what it is about. */
export type Finding = Verdict & Pick<DoctorLook, "about" | "why">;

/** Everything is over after so many seconds, counted from the start of the command. */
const limitSeconds = 8;

/** Makes every look at once; one that takes too long is skipped. */
export async function diagnosis(run: Run): Promise<readonly Finding[]> {
  const left = Math.max(1, limitSeconds - (run.world.clock.seconds() - run.started));
  const ending = after(run.world.clock, left);
  const abort = new AbortController();
  const ground = groundOf(run, abort.signal);
  try {
    const findings = await Promise.all(
      looksOf(run).map(async (look) => {
        const late: Verdict = { state: "skipped", found: `nothing was heard within ${Math.round(left)} s` };
        const found = await Promise.race([attempt(look, ground), ending.reached.then(() => late)]);
        return [found].flat().map((verdict) => ({ about: look.about, why: look.why, ...verdict }));
      }),
    );
    return findings.flat();
  } finally {
    ending.cancel();
    abort.abort();
  }
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
