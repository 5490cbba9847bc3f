import type { RunEvent } from "../run/events";
import type { Counts, FoundInCluster, Row } from "../run/outcome";
import { countChanges, type PlanReading } from "../run/plan";
import { riskOf, type Risk } from "./risk";

/** The plan of one layer, and what came of it. */
export interface PlannedLayer {
  readonly row: Row;
  /** Unset for a layer that was not planned. */
  readonly plan?: PlanReading;
  /** What is not as it should be in the layer's cluster, beside what Terraform plans. */
  readonly inCluster: readonly FoundInCluster[];
}

/** What a plan is about, and what it led to. */
export interface Planned {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly simulated: boolean;
  /** Why the run ended early; unset if it did not. */
  readonly failure?: string;
  /** The command that follows; unset if nothing does. */
  readonly next?: string;
  readonly layers: readonly PlannedLayer[];
}

/** Gathers the plans of a run; it also has what a run that failed has planned. */
export class PlanReport {
  private readonly plans = new Map<string, PlanReading>();
  private readonly found = new Map<string, readonly FoundInCluster[]>();
  private readonly rows: Row[] = [];

  readonly listen = (event: RunEvent): void => {
    if (event.type === "plan created") this.plans.set(event.layer, event.plan);
    if (event.type === "found in cluster")
      this.found.set(event.layer, [...(this.found.get(event.layer) ?? []), ...event.findings]);
    if (event.type === "layer ended") this.rows.push(event.row);
  };

  get layers(): readonly PlannedLayer[] {
    return this.rows.map((row) => {
      const plan = this.plans.get(row.layer);
      const inCluster = this.found.get(row.layer) ?? [];
      return plan === undefined ? { row, inCluster } : { row, plan, inCluster };
    });
  }
}

/** Sums of a plan's changes. */
export interface Totals extends Counts {
  readonly risks: Readonly<Record<Risk, number>>;
}

/** How many objects change, and how. */
export function totalsOf(layers: readonly PlannedLayer[]): Totals {
  const changes = layers.flatMap(({ plan }) => plan?.changes ?? []);
  const counts: Record<Risk, number> = {
    ...{ "data loss": 0, replacement: 0, deletion: 0, "in place": 0, "state only": 0, creation: 0 },
  };
  for (const change of changes) counts[riskOf(change)] += 1;
  return { ...countChanges(changes), risks: counts };
}
