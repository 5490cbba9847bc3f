import type { AnyLayer } from "../../../lib/layer/layer";
import { Interrupted } from "../run/interrupts";
import { pause } from "../run/pause";
import { retryLine, type Run } from "../run/run";
import { TerraformFailure } from "./failures";

const waitSeconds = 15;
const reason = "AWS can deny a KMS key for 5 minutes after its alias was created";

/** Repeats what AWS denies because a key of this run is new, until it succeeds or the denial cannot pass by itself. */
export async function untilKeysPropagate<Result>(
  run: Run,
  layer: AnyLayer,
  act: {
    readonly attempt: () => Promise<Result>;
    /** Default: failures that name KMS, and those to read or lock a state, which its key encrypts. */
    readonly isDenial?: (failure: TerraformFailure) => boolean;
    /** Whether another attempt would create once more what the last one may have created. */
    readonly hasLost?: () => Promise<boolean>;
  },
): Promise<Result> {
  const isDenial = act.isDenial ?? (({ kind }) => kind === "keyDenied" || kind === "stateDenied");
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act.attempt();
    } catch (error) {
      if (!(error instanceof TerraformFailure) || !isDenial(error) || run.freshKeys.secondsLeft <= 0)
        throw error;
      if ((await act.hasLost?.()) === true) throw error;
      const next = { attempt: attempt + 1, seconds: waitSeconds };
      run.events.publish({ type: "retrying", layer: layer.name, ...next, reason });
      await pause(run.world.clock, waitSeconds, () => run.interrupts.draining);
      if (run.interrupts.draining) throw new Interrupted(layer.name, retryLine(run, layer));
    }
  }
}

/** Whether S3 denied a request; through a bucket that encrypts by a KMS key, it need not say that KMS did. */
export function isDeniedByS3({ output }: TerraformFailure): boolean {
  return /AccessDenied|StatusCode: 403/.test(output);
}
