import { UserError } from "../../../../lib/errors";
import type { RestoreStep } from "../../../../lib/layer/restore";
import { callAws } from "../../aws/client";
import { Interrupted } from "../../run/interrupts";
import { pause } from "../../run/pause";
import type { Run } from "../../run/run";

const pollSeconds = 15;
const longestMinutes = 30;

/** Takes the steps after which a restored resource is usable; returns what the operator should know of it. */
export async function finishRestore(
  run: Run,
  createdArn: string,
  steps: readonly RestoreStep[],
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const [index, step] of steps.entries()) {
    const left = steps.slice(index).map(({ doing }) => doing);
    if (run.interrupts.draining) throw new Interrupted(createdArn, remaining(left));
    const answer = await run.events.step(step.doing, (progress) =>
      take(run, step, { left, progress, createdArn }),
    );
    const note = step.note?.(answer);
    if (note !== undefined) notes.push(note);
  }
  return notes;
}

interface Waiting {
  readonly createdArn: string;
  /** This step and those after it. */
  readonly left: readonly string[];
  readonly progress: (text: string) => void;
}

/** Calls AWS, again and again where the step waits for something. */
async function take(run: Run, step: RestoreStep, waiting: Waiting): Promise<unknown> {
  for (let seconds = 0; seconds <= longestMinutes * 60; seconds += pollSeconds) {
    const answer = await callAws(run, step.doing, step.call);
    const state = step.progress?.(answer) ?? "ready";
    if (state === "ready") return answer;
    if (state === "failed") throw notUsable(step, "it has failed", waiting.left);
    waiting.progress(`${step.doing}, ${seconds} s`);
    await pause(run.world.clock, pollSeconds, () => run.interrupts.draining);
    if (run.interrupts.draining) throw new Interrupted(waiting.createdArn, remaining(waiting.left));
  }
  throw notUsable(step, `it is not available after ${longestMinutes} minutes`, waiting.left);
}

function notUsable({ doing }: RestoreStep, truth: string, left: readonly string[]): UserError {
  return new UserError(
    `Cannot ${doing}: ${truth}`,
    `Look at its events in the AWS console; then ${remaining(left)}`,
  );
}

/** A second restore would create another resource; what is left is done by hand. */
function remaining(left: readonly string[]): string {
  return `the steps that are left, as in docs/disaster-recovery.md: ${left.join("; ")}`;
}
