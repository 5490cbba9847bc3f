import { checkCredentials, type CredentialsCheck } from "../../aws/credentials";
import { type RunFolders, runFolders } from "../../run/folders";
import type { Run } from "../../run/run";
import type { Look } from "../../run/verdict";

/** What a look works with. */
export interface Ground {
  readonly run: Run;
  /** Where runs of this environment work, which is not where this command has synthesised. */
  readonly kept: RunFolders;
  /** What the one question about the credentials found, which is asked when it is needed first. */
  readonly account: () => Promise<CredentialsCheck>;
  /** Ends what the world is still asked for when the time is over. */
  readonly signal: AbortSignal;
}

/** One of the doctor's looks. */
export interface DoctorLook extends Look<Ground> {
  /** Set where a run would fail without an answer too: what to do then. Else a look without one says nothing. */
  readonly cureWhenLate?: string;
}

/** What the looks of a run share. */
export function groundOf(run: Run, signal: AbortSignal): Ground {
  const { loaded, request, world } = run;
  const { name } = loaded.environment;
  let account: Promise<CredentialsCheck> | undefined;
  return {
    run,
    signal,
    kept: runFolders({
      ...{ environment: name, rehearse: request.rehearse, fullCycle: false },
      started: world.clock.now(),
    }),
    account: () => (account ??= checkCredentials(run, "look")),
  };
}

/** A look that asks AWS: not in a rehearsal, and not before it has accepted the credentials. */
export function askingAws(given: DoctorLook): DoctorLook {
  return {
    ...given,
    look: async (ground) => {
      if (ground.run.request.rehearse) return { state: "skipped", found: "a rehearsal asks nothing of AWS" };
      const { hindrances } = await ground.account();
      if (hindrances.length > 0) return { state: "skipped", found: "not asked, see credentials" };
      return given.look(ground);
    },
  };
}
