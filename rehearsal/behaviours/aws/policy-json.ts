import type { Attributes } from "../../engine/behaviour";
import { problem, type Diagnostic } from "../../engine/diagnostic";
import { textOf } from "../../engine/read-value";

/** Validates attributes that must hold JSON, as every policy does. */
export const validateJson =
  (...attributes: string[]) =>
  (config: Attributes): readonly Diagnostic[] =>
    attributes.flatMap((attribute) => {
      const text = textOf(config[attribute]);
      if (text === undefined || isJson(text)) return [];
      return [problem("Invalid JSON", `"${attribute}" contains an invalid JSON policy`, [attribute])];
    });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
