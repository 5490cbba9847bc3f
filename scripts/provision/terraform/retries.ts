import type { AnyLayer } from "../../../lib/layer/layer";
import { Interrupted } from "../run/interrupts";
import { pause } from "../run/pause";
import { retryLine, type Run } from "../run/run";
import { TerraformFailure } from "./failures";
import { type Phase, transientReason } from "./transient-failures";

/** For each command that fails: how often it is repeated, the longest first wait, and until when after the first failure. */
const budget = { retries: 3, firstSeconds: 15, seconds: 30 * 60 } as const;

/** Repeats what failed by nothing but transient failures of one command of Terraform. */
export async function withRetries<Result>(
  run: Run,
  layer: AnyLayer,
  { command, attempt }: { readonly command: Phase; readonly attempt: () => Promise<Result> },
): Promise<Result> {
  let deadline: number | undefined;
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TerraformFailure) || error.command !== command) throw error;
      const now = run.world.clock.seconds();
      deadline ??= now + budget.seconds;
      const reason = transientReason(error, run.tally.hasChanged);
      const isOver = retries === budget.retries || now > deadline || run.interrupts.draining;
      if (reason === undefined || isOver) throw error;
      await wait(run, layer, { reason, retries });
    }
  }
}

async function wait(
  run: Run,
  layer: AnyLayer,
  { reason, retries }: { readonly reason: string; readonly retries: number },
): Promise<void> {
  const seconds = jittered(run, budget.firstSeconds * 2 ** retries);
  run.events.publish({ type: "retrying", layer: layer.name, attempt: retries + 2, seconds, reason });
  await pause(run.world.clock, seconds, () => run.interrupts.draining);
  if (run.interrupts.draining) throw new Interrupted(layer.name, retryLine(run, layer));
}

/** Between half of it and all: runs that failed together do not come back together. */
function jittered({ world }: Run, seconds: number): number {
  const share = world.randomBytes(4).readUInt32BE() / 2 ** 32;
  return Math.round((seconds * (1 + share)) / 2);
}
