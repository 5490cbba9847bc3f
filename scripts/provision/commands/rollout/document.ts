import type { UserError } from "../../../../lib/errors";
import type { Rollout } from "../../../../lib/layer/rollout";
import { Interrupted } from "../../run/interrupts";
import type { Run } from "../../run/run";
import type { Checked } from "./checks/check";
import type { Watched } from "./watch";

/** How a rollout was found. */
export interface Found {
  readonly watched: Watched;
  /** By name; undefined where not every application is healthy. */
  readonly checks: Readonly<Record<string, Checked>> | undefined;
  readonly failure: UserError | undefined;
}

function outcomeOf(failure: UserError | undefined): string {
  if (failure === undefined) return "healthy";
  return failure instanceof Interrupted ? "interrupted" : "not healthy";
}

/** The outcome of a rollout for programs. */
export function documentOf(run: Run, { namespace }: Rollout, { watched, checks, failure }: Found): object {
  const { situation, seconds } = watched;
  const rows = situation?.rows ?? [];
  return {
    environment: run.loaded.environment.name,
    namespace,
    outcome: outcomeOf(failure),
    step: situation?.step ?? "Kubernetes API",
    wave: situation?.wave ?? null,
    seconds: Math.round(seconds),
    healthy: rows.filter(({ state }) => state === "done").length,
    applications: rows.map((row) => ({ ...row, causes: watched.causes(row.name) })),
    checks: checks ?? {},
    ...(failure === undefined ? {} : { failure: failure.message, next: failure.hint }),
  };
}
