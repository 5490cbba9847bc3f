import { exitCodes, UserError } from "../../../../lib/errors";
import type { Present } from "../../../../lib/layer/obstacle";
import { awsFailure } from "../../aws/failure";
import type { Fault } from "../../aws/fault";
import { pause } from "../../run/pause";
import type { Run } from "../../run/run";

/** An endpoint takes minutes; then something else keeps it. */
const limit = { seconds: 900, interval: 10 } as const;

/** Still in use, or gone in the meantime. */
const passing =
  /^(DependencyViolation|InvalidGroup\.InUse|ResourceInUse|VolumeInUse|InvalidSnapshot\.InUse|Invalid\w+\.NotFound|\w+NotFound)(Exception)?$/;

/** Objects of one kind; `about` is the kind in plural. */
export interface Deletion {
  readonly about: string;
  list(): Promise<readonly Present[]>;
  /** Returns why AWS did not. */
  delete(id: string): Promise<Fault | undefined>;
}

/** Deletes objects and waits until they are gone, or until the run is interrupted: what is in use is tried again. */
export async function deleteUntilGone(run: Run, { about, ...job }: Deletion): Promise<void> {
  await run.events.step(`deleting ${about}`, async (progress) => {
    for (let waited = 0; waited < limit.seconds; waited += limit.interval) {
      const present = await job.list();
      if (present.length === 0) return;
      progress(`${present.length} left`);
      for (const { id } of present.filter(({ deleting }) => deleting !== true)) {
        if (run.interrupts.draining) return;
        const fault = await job.delete(id);
        if (fault !== undefined && !passing.test(fault.code)) throw awsFailure(run, `delete ${id}`, fault);
      }
      await pause(run.world.clock, limit.interval, () => run.interrupts.draining);
      if (run.interrupts.draining) return;
    }
    throw new UserError(
      `Cannot delete ${about}: after ${limit.seconds / 60} minutes AWS still lists them`,
      "Look in the AWS console for what uses them, then run the command again",
      exitCodes.failed,
    );
  });
}
