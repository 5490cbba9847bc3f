import { UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { commandLine } from "../command-line/request";
import { Interrupted } from "../run/interrupts";
import type { Outcome, Row, Serials } from "../run/outcome";
import { retryLine, type Run } from "../run/run";
import { TerraformFailure } from "../terraform/failures";
import { Declined } from "./consent";
import { HookFailure, withHooks } from "./hooks";
import { needsRecovery } from "./needs-recovery";
import type { Resumption } from "./resume/resumption";
import { stateSerials } from "./state-serials";

/** Something other than a layer that is done before one, with a row of its own. */
export interface Preparation {
  readonly name: string;
  readonly summary: string;
  readonly act: () => Promise<Outcome>;
}

type Step = (layer: AnyLayer) => Promise<Outcome>;

/** What is done for each layer, and what before it. */
interface Work {
  readonly step: Step;
  readonly preparation: (layer: AnyLayer) => Preparation | undefined;
  /** Which layers are left out, with their hooks; unset: none. */
  readonly resumption?: Pick<Resumption, "skips" | "finish">;
}

/** Runs one step per layer in the given order until one fails; publishes the outcomes. */
export function walk(run: Run, layers: readonly AnyLayer[], work: Step | Work): Promise<readonly Row[]> {
  const outcome = (error?: unknown) =>
    error === undefined ? "succeeded" : error instanceof Interrupted ? "interrupted" : "failed";
  const point = { layer: undefined, retry: commandLine(run.request), outcome };
  return withHooks(run, point, () =>
    walkLayers(run, layers, typeof work === "function" ? { step: work } : work),
  );
}

async function walkLayers(
  run: Run,
  layers: readonly AnyLayer[],
  { step, preparation, resumption }: Pick<Work, "step"> & Partial<Work>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let last: Serials = {};
  const end = (row: Row, serials: Serials = {}) => {
    rows.push(row);
    last = serials;
    run.events.publish({ type: "layer ended", row, serials });
  };
  const ended = () => rows.filter(({ preparation }) => preparation === undefined).length;
  run.events.publish({ type: "layers began", layers: layers.map(({ name }) => name) });
  try {
    for (const [index, layer] of layers.entries()) {
      const goOn = () => {
        if (run.interrupts.draining) throw new Interrupted(layer.name, retryLine(run, layer));
      };
      goOn();
      await run.environmentLock.confirm(layer.name);
      const began = run.world.clock.seconds();
      if (await resumption?.skips(layer)) {
        end({ layer: layer.name, kind: "skipped", seconds: run.world.clock.seconds() - began });
        continue;
      }
      await prepare(run, preparation?.(layer), end);
      goOn();
      const { name, summary } = layer;
      run.events.publish({
        ...{ type: "layer began", layer: name, summary, position: index + 1, count: layers.length },
      });
      const point = {
        ...{ layer: name, retry: retryLine(run, layer) },
        outcome: () => rows.at(-1)?.kind ?? "failed",
      };
      await withHooks(run, point, () => change(run, layer, { step, end }));
      resumption?.finish(layer, last);
    }
  } catch (error) {
    for (const row of notRun(layers.slice(ended()), rows.at(-1), error)) end(row);
    throw error;
  } finally {
    run.events.publish({ type: "layers ended", rows });
  }
  return rows;
}

type End = (row: Row, serials?: Serials) => void;

/** Runs the step of a layer; an error says so if it has left objects in no state. */
async function change(
  run: Run,
  layer: AnyLayer,
  { step, end }: { readonly step: Step; readonly end: End },
): Promise<void> {
  let after: Serials = {};
  const job = { layer: layer.name, step: () => step(layer), serials: stateSerials(run, layer) };
  try {
    await timed(run, {
      ...job,
      end: (row, serials = {}) => {
        after = serials;
        end(row, serials);
      },
    });
  } catch (error) {
    throw after.lacks === true ? needsRecovery(run, layer, error) : error;
  }
}

/** Does what a layer requires, if anything. */
async function prepare(
  run: Run,
  preparation: Preparation | undefined,
  end: (row: Row) => void,
): Promise<void> {
  if (preparation === undefined) return;
  const { name, summary, act } = preparation;
  run.events.publish({ type: "preparation began", name, summary });
  await timed(run, {
    ...{ layer: name, step: act },
    end: (row) => {
      end({ ...row, preparation: true });
    },
  });
}

/** Runs one step and reports its row, also on failure. */
async function timed(
  run: Run,
  job: {
    readonly layer: string;
    readonly step: () => Promise<Outcome>;
    readonly end: End;
    readonly serials?: (kind: Outcome["kind"]) => Promise<Serials>;
  },
): Promise<void> {
  const { clock } = run.world;
  const started = clock.seconds();
  const before = run.tally.retriesOf(job.layer);
  const end = async (outcome: Outcome) => {
    const seconds = clock.seconds() - started;
    const serials = await job.serials?.(outcome.kind);
    const retries = run.tally.retriesOf(job.layer) - before;
    job.end({ ...outcome, layer: job.layer, seconds, ...(retries > 0 ? { retries } : {}) }, serials);
  };
  let outcome: Outcome;
  try {
    outcome = await job.step();
  } catch (error) {
    await end(failedOutcome(error));
    throw error;
  }
  await end(outcome);
}

function failedOutcome(error: unknown): Outcome {
  if (error instanceof Interrupted) return { kind: "interrupted" };
  if (error instanceof Declined) return { kind: "declined" };
  if (error instanceof TerraformFailure)
    return error.done ? { kind: "failed", counts: error.done } : { kind: "failed" };
  return { kind: error instanceof UserError ? "refused" : "failed" };
}

/** Rows of the layers after the one that stopped the run. */
function notRun(layers: readonly AnyLayer[], last: Row | undefined, error: unknown): readonly Row[] {
  const because = reasonOf(last, error);
  return layers.map(({ name }) => ({ layer: name, kind: "not run", because, seconds: 0 }));
}

function reasonOf(last: Row | undefined, error: unknown): string {
  if (error instanceof Interrupted) return "you interrupted the run";
  if (error instanceof HookFailure) return "a hook failed";
  return `${last?.layer ?? ""} ${last?.kind === "failed" ? "failed" : `was ${last?.kind ?? "refused"}`}`;
}
