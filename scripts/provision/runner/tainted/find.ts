import { healthByType } from "../../../../lib/aws-facts/health/index";
import type { Health } from "../../../../lib/layer/health";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { type Condition, conditionOf } from "../../aws/health";
import type { PlanReading } from "../../run/plan";
import type { Run } from "../../run/run";
import { readStoredState } from "../../terraform/stored-state";
import type { Terraform } from "../../terraform/terraform";

/** A layer and its Terraform. */
export interface Of {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
}

/** An object that a plan replaces only because it is tainted: Terraform did not see its creation end. */
export interface Tainted {
  /** With the key of `count` or `for_each`. */
  readonly address: string;
  readonly type: string;
  readonly id: string;
  /** Whose word the condition is. */
  readonly condition: Condition;
}

/** What a plan replaces because it is tainted, and what AWS says of it; a rehearsal asks the simulated account. */
export async function taintedObjects(run: Run, of: Of, plan: PlanReading): Promise<readonly Tainted[]> {
  const replaced = plan.changes.filter(({ reason }) => reason === "replace_because_tainted");
  // Most plans: without these, the state is not read once more.
  if (replaced.length === 0) return [];
  const addresses = new Set(replaced.map(({ address }) => address));
  const state = readStoredState(await of.terraform.document(["state", "pull"]));
  const objects = typeof state === "string" ? [] : state.objects;
  const tainted = objects.filter(({ fault }) => fault === "tainted");
  return Promise.all(
    tainted
      .map(({ address, index, type, attributes }) => ({
        ...{ address: `${address}${index}`, type, id: String(attributes["id"]) },
      }))
      .filter(({ address }) => addresses.has(address))
      .map(async (object) => ({ ...object, condition: await asked(run, of.layer, object) })),
  );
}

/** Asks once more about those that AWS was still at work on. */
export function askAgain(
  run: Run,
  layer: AnyLayer,
  tainted: readonly Tainted[],
): Promise<readonly Tainted[]> {
  return Promise.all(
    tainted.map(async (object) =>
      object.condition.kind === "busy" ? { ...object, condition: await asked(run, layer, object) } : object,
    ),
  );
}

async function asked(
  run: Run,
  layer: AnyLayer,
  { type, id }: Pick<Tainted, "type" | "id">,
): Promise<Condition> {
  const health = layer.health?.[type] ?? healthByType[type];
  if (health === undefined) return { kind: "unknown", because: "there is no question for its type" };
  // The plan has read it already; what does not exist is not in it.
  if (health === "exists") return { kind: "healthy", word: "exists" };
  return run.rehearsal === undefined
    ? conditionOf(run, health, { id })
    : simulated(run.rehearsal, { type, id });
}

function simulated(
  rehearsal: NonNullable<Run["rehearsal"]>,
  { type, id }: Pick<Tainted, "type" | "id">,
): Condition {
  const exists = rehearsal.objects().some((object) => object.type === type && object.id === id);
  return exists ? { kind: "healthy", word: "exists" } : { kind: "absent" };
}

/** The word with which AWS calls an object of this type healthy, for what to wait for. */
export function healthyWord(layer: AnyLayer, type: string): string {
  const health: Health | "exists" | undefined = layer.health?.[type] ?? healthByType[type];
  return typeof health === "object" ? (health.healthy[0] ?? "") : "";
}
