import { outcomeText } from "../run/outcome";
import type { PlanReading } from "../run/plan";
import { everything } from "./attribute-lines";
import { changeText } from "./change-text";
import { driftText } from "./drift";
import { outputText } from "./plan-parts";
import { type Planned, totalsOf } from "./report";
import { riskOf, risks } from "./risk";

/** Everything in a plan as text, the most dangerous first: for the question's `details`, the log and the file. */
export function planText(plan: PlanReading): readonly string[] {
  const sorted = risks.flatMap((risk) => plan.changes.filter((change) => riskOf(change) === risk));
  return [
    ...sorted.flatMap((change) => changeText(change)),
    ...plan.outputs.flatMap((output) => outputText(output)),
    ...plan.drift.flatMap((drifted) => driftText(plan, drifted, everything)),
  ];
}

/** A plan of several layers as text. */
export function planDocument({ environment, account, region, simulated, failure, layers }: Planned): string {
  const { added, changed, destroyed } = totalsOf(layers);
  return [
    `Plan of ${environment}, account ${account}, ${region}${simulated ? ", simulated" : ""}`,
    `${added} to add, ${changed} to change, ${destroyed} to destroy`,
    ...(failure === undefined ? [] : [`Not complete: ${failure}`]),
    ...layers.flatMap(({ row, plan, inCluster }) => [
      "",
      `${row.layer}: ${outcomeText(row)}`,
      ...(plan === undefined ? [] : planText(plan).map((line) => `  ${line}`)),
      ...inCluster.map(({ text }) => `  in the cluster: ${text}`),
    ]),
  ].join("\n");
}
