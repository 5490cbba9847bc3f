import type { AttributeChange, OutputChange, PlannedChange, PlannedValue } from "../run/plan";
import { type Planned, type PlannedLayer, totalsOf } from "./report";
import { riskOf } from "./risk";

/** Of the shape; another one when a field changes its meaning or goes, but not when one is added. */
const version = 1;

/** What apply does about something in a cluster, in the words of changes. */
const actions = { added: "create", changed: "update", destroyed: "delete" } as const;

/** A plan as JSON, described in docs/guides/pull-requests.md; sensitive values are left out. */
export function planJson(planned: Planned): string {
  const { environment, account, region, simulated, failure, next, layers } = planned;
  const document = {
    ...{ version, environment, account, region, simulated },
    complete: failure === undefined,
    failure: failure ?? null,
    totals: totalsJson(layers),
    waiting: layers.filter(({ row }) => row.kind === "waiting").map(({ row }) => row.layer),
    layers: layers.map(layerJson),
    next: next ?? null,
  };
  return JSON.stringify(document, undefined, 2);
}

function totalsJson(layers: readonly PlannedLayer[]) {
  const { added, changed, destroyed, risks } = totalsOf(layers);
  return {
    ...{ add: added, change: changed, destroy: destroyed },
    dataLoss: risks["data loss"],
    replacement: risks.replacement,
    deletion: risks.deletion,
  };
}

function layerJson({ row, plan, inCluster }: PlannedLayer) {
  return {
    layer: row.layer,
    outcome: row.kind,
    because: row.because ?? null,
    digest: plan?.digest ?? null,
    changes: (plan?.changes ?? []).map(changeJson),
    outputs: (plan?.outputs ?? []).map(outputJson),
    drift: (plan?.drift ?? []).map(changeJson),
    inCluster: inCluster.map(({ text, effect }) => ({ text, action: actions[effect] })),
  };
}

function changeJson(change: PlannedChange) {
  const { address, type, name, action, attributes, reason, previousAddress, importId } = change;
  return {
    ...{ address, type, name, action, risk: riskOf(change) },
    reason: reason ?? null,
    previousAddress: previousAddress ?? null,
    importId: importId ?? null,
    attributes: attributes.map(attributeJson),
  };
}

function outputJson({ name, action, attributes }: OutputChange) {
  return { name, action, attributes: attributes.map(attributeJson) };
}

function attributeJson({ path, before, after, forcesReplacement }: AttributeChange) {
  return {
    path,
    before: valueJson(before),
    after: valueJson(after),
    sensitive: [before, after].some(({ kind }) => kind === "sensitive"),
    knownAfterApply: after.kind === "unknown",
    forcesReplacement,
  };
}

function valueJson(value: PlannedValue): unknown {
  return value.kind === "value" ? value.value : null;
}
