import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { commandLine } from "../../command-line/request";
import { withCluster } from "../../kubernetes/cluster";
import { rolloutOf } from "../../kubernetes/rollout-of";
import type { Asked } from "../../run/command";
import { Interrupted } from "../../run/interrupts";
import type { Run } from "../../run/run";
import { declaring } from "../../terraform/applied-layer";
import { checkAll } from "./checks/checks";
import type { Checked } from "./checks/check";
import { documentOf, type Found } from "./document";
import { checksFailed, stopped } from "./failures";
import type { RolloutRun } from "./index";
import { tableLines } from "./lines";
import { type Watch, watch } from "./watch";

const defaultMinutes = 90;
/** A day: whoever wants to wait for longer has mistaken the unit. */
const mostMinutes = 1440;

/** Refuses a time limit that is none. */
export function check(asked: Asked<RolloutRun>): void {
  minutesOf(asked);
}

/** Watches the rollout, and prints what came of it. */
export async function handle(run: RolloutRun): Promise<number> {
  const limitSeconds = minutesOf(run) * 60;
  const [layer] = declaring(run, run.layers, "rollout");
  if (layer === undefined) throw new Error("no layer has a rollout");
  const rollout = await rolloutOf(run, layer);
  const found = await withCluster(run, layer, (api) => follow(run, { api, layer, rollout, limitSeconds }));
  if (run.request.format === "json")
    run.screen.verbatim(JSON.stringify(documentOf(run, rollout, found), undefined, 2));
  if (found.failure !== undefined) throw found.failure;
  return exitCodes.done;
}

/** Watches the rollout of a layer that was applied; throws unless everything is healthy. */
export async function awaitRollout(run: Run, layer: AnyLayer): Promise<void> {
  const rollout = await rolloutOf(run, layer);
  if (!rollout.automatic) {
    const next = commandLine(run.request, { command: "rollout" });
    run.events.note(
      `Not watched: "${rollout.rootApplication}" is not synced by itself (autoSync is false). Sync it in Argo CD, then run: ${next}`,
      "warning",
    );
    return;
  }
  const limitSeconds = defaultMinutes * 60;
  const { failure } = await withCluster(run, layer, (api) =>
    follow(run, { api, layer, rollout, limitSeconds }),
  );
  if (failure !== undefined) throw failure;
}

async function follow(run: Run, given: Watch): Promise<Found> {
  const { events } = run;
  events.publish({ type: "phase began", title: "Rollout of the applications" });
  const watched = await watch(run, given);
  const { situation } = watched;
  if (run.interrupts.draining && situation?.step !== "done")
    return { watched, checks: undefined, failure: interrupted(run) };
  if (situation?.step !== "done") {
    for (const line of situation === undefined ? [] : tableLines(situation, (name) => watched.causes(name)))
      events.note(line.trimStart() === line ? line : line.slice(2));
    return { watched, checks: undefined, failure: stopped(run, given, watched) };
  }
  events.note(`All ${situation.rows.length} applications are healthy`);
  const checks = await checkAll({ run, api: given.api, entrance: await given.rollout.entrance() });
  if (checks === "interrupted") return { watched, checks: undefined, failure: interrupted(run) };
  for (const [name, { outcome, text }] of Object.entries(checks))
    events.note(`${name}: ${outcome === "passed" ? text : `${outcome}, ${text}`}`, toneOf(outcome));
  return { watched, checks, failure: checksFailed(run, checks) };
}

function interrupted(run: Run): Interrupted {
  return new Interrupted("the rollout", commandLine(run.request, { command: "rollout" }));
}

function toneOf(outcome: Checked["outcome"]): "warning" | "quiet" | undefined {
  if (outcome === "passed") return undefined;
  return outcome === "failed" ? "warning" : "quiet";
}

function minutesOf({ request }: Pick<RolloutRun, "request">): number {
  const { timeout } = request;
  if (timeout === undefined) return defaultMinutes;
  const minutes = Number(timeout);
  if (/^\d+(\.\d+)?$/.test(timeout) && minutes > 0 && minutes <= mostMinutes) return minutes;
  throw new UserError(
    `Cannot read the command line: "${timeout}" is not a time for --timeout`,
    `Give it minutes, e.g. ${commandLine(request, { timeout: "60" })}`,
    exitCodes.usage,
  );
}
