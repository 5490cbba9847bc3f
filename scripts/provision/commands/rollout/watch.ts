import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Rollout } from "../../../../lib/layer/rollout";
import { Durations } from "../../run/durations";
import { pause } from "../../run/pause";
import type { Run } from "../../run/run";
import type { KubernetesApi } from "../../world/index";
import { type KnownCauses, summary, tableLines } from "./lines";
import { Looks } from "./looks";
import type { Situation } from "./progress";

const pollSeconds = 5;

/** What a watch needs. */
export interface Watch {
  readonly api: KubernetesApi;
  /** The layer that declares the rollout. */
  readonly layer: AnyLayer;
  readonly rollout: Rollout;
  readonly limitSeconds: number;
}

/** How a watch ended. */
export interface Watched {
  /** Undefined when the API never answered. */
  readonly situation: Situation | undefined;
  readonly seconds: number;
  readonly causes: KnownCauses;
}

/** Watches until everything is healthy, something fails for good, the time is over, or the operator interrupts it. */
export async function watch(run: Run, { api, rollout, limitSeconds }: Watch): Promise<Watched> {
  const { clock } = run.world;
  const started = clock.seconds();
  const durations = new Durations(run.records, `${run.folders.own}/durations.json`);
  const step = { step: "rolling out", usualSeconds: durations.median("rollout") };
  const looks = new Looks(run, { api, rollout });
  await run.events.step(step, async (show) => {
    for (;;) {
      const look = await looks.next();
      if (look !== undefined) show(summary(look), tableLines(look, looks.causes));
      if (look?.step === "done" || look?.stop !== undefined) return;
      if (clock.seconds() - started >= limitSeconds) return;
      await pause(clock, pollSeconds, () => run.interrupts.draining);
      if (run.interrupts.draining) return;
    }
  });
  const seconds = clock.seconds() - started;
  // A look at a platform that is there already says nothing of the next rollout.
  if (looks.last?.step === "done" && looks.isNew) {
    durations.add("rollout", seconds);
    durations.write();
  }
  return { situation: looks.last, seconds, causes: looks.causes };
}
