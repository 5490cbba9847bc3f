import type { OutputChange, PlannedChange, PlanReading } from "../run/plan";
import { attributeLines, everything, type Width } from "./attribute-lines";
import { changeText } from "./change-text";
import { riskOf, risks } from "./risk";

/** Everything in a plan as text, the most dangerous first: for the question's `details`, the log and the file. */
export function planText(plan: PlanReading): readonly string[] {
  const sorted = risks.flatMap((risk) => plan.changes.filter((change) => riskOf(change) === risk));
  return [
    ...plan.drift.flatMap(driftText),
    ...sorted.flatMap((change) => changeText(change)),
    ...plan.outputs.flatMap((output) => outputText(output)),
  ];
}

function driftText(change: PlannedChange): readonly string[] {
  const { address, action, attributes } = change;
  const how = action === "delete" ? "deleted" : "changed";
  return [
    `! ${address} was ${how} outside Terraform`,
    // Of what is gone, nothing is left to compare.
    ...(action === "delete"
      ? []
      : attributes.flatMap((one) => attributeLines(one, everything)).map((line) => `    ${line}`)),
  ];
}

/** A changed output. */
export function outputText({ name, attributes }: OutputChange, width: Width = everything): readonly string[] {
  return attributes.flatMap((one) => {
    const path = one.path === "" || one.path.startsWith("[") ? `${name}${one.path}` : `${name}.${one.path}`;
    return attributeLines({ ...one, path: `output ${path}` }, width);
  });
}
