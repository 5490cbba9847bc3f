import type { OutputChange, PlannedChange } from "../run/plan";
import { attributeLines, everything, type Width } from "./attribute-lines";
import { printable } from "./printable";

/** A change outside Terraform; without a width, only that there was one. */
export function driftText(change: PlannedChange, width?: Width): readonly string[] {
  const { address, action, attributes } = change;
  const line = printable(`! ${address} was ${action === "delete" ? "deleted" : "changed"} outside Terraform`);
  // Of what is gone, nothing is left to compare.
  if (action === "delete" || width === undefined) return [line];
  return [line, ...attributes.flatMap((one) => attributeLines(one, width)).map((text) => `    ${text}`)];
}

/** A changed output. */
export function outputText({ name, attributes }: OutputChange, width: Width = everything): readonly string[] {
  return attributes.flatMap((one) => {
    const path = one.path === "" || one.path.startsWith("[") ? `${name}${one.path}` : `${name}.${one.path}`;
    return attributeLines({ ...one, path: `output ${path}` }, width);
  });
}
