import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { Interrupted } from "../../run/interrupts";
import { pause } from "../../run/pause";
import { retryLine, type Run } from "../../run/run";
import { askAgain, healthyWord, type Tainted } from "./find";

/** The slowest, databases and clusters, take up to 13 minutes; twice that, and something else is wrong. */
const limit = { seconds: 1800, interval: 10 } as const;

const busyOnes = (tainted: readonly Tainted[]) =>
  tainted.filter(({ condition }) => condition.kind === "busy");

/** Waits until AWS is no longer at work on any of these objects; throws `UserError` if that takes too long. */
export async function awaitBusy(
  run: Run,
  layer: AnyLayer,
  tainted: readonly Tainted[],
): Promise<readonly Tainted[]> {
  if (busyOnes(tainted).length === 0) return tainted;
  return run.events.step(`waiting for what AWS still creates in ${layer.name}`, async (progress) => {
    let current = tainted;
    for (let waited = 0; busyOnes(current).length > 0; waited += limit.interval) {
      if (waited >= limit.seconds) throw stillBusy(run, layer, busyOnes(current));
      progress(listed(busyOnes(current)));
      await pause(run.world.clock, limit.interval, () => run.interrupts.draining);
      if (run.interrupts.draining) throw new Interrupted(layer.name, retryLine(run, layer));
      current = await askAgain(run, layer, current);
    }
    return current;
  });
}

function listed(busy: readonly Tainted[]): string {
  return busy
    .map(({ address, condition }) => `${address} (${"word" in condition ? condition.word : ""})`)
    .join(", ");
}

function stillBusy(run: Run, layer: AnyLayer, busy: readonly Tainted[]): UserError {
  const words = [...new Set(busy.map(({ type }) => healthyWord(layer, type)))].join(" or ");
  return new UserError(
    `Cannot apply "${layer.name}": after ${limit.seconds / 60} minutes AWS is still at work on ${listed(busy)}; nothing was changed`,
    `Once AWS says ${words}, run: ${retryLine(run, layer)}; to replace what is tainted, run: ${retryLine(run, layer, { tainted: "replace" })}`,
    exitCodes.preflightFailed,
  );
}
