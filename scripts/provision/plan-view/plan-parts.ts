import type { OutputChange } from "../run/plan";
import { attributeLines, everything, type Width } from "./attribute-lines";

/** A changed output. */
export function outputText({ name, attributes }: OutputChange, width: Width = everything): readonly string[] {
  return attributes.flatMap((one) => {
    const path = one.path === "" || one.path.startsWith("[") ? `${name}${one.path}` : `${name}.${one.path}`;
    return attributeLines({ ...one, path: `output ${path}` }, width);
  });
}
