import type { Block } from "../schema/model";
import { type Diagnostic, problem } from "./diagnostic";
import { mapElements } from "./elements";
import { isRecord, isUnset } from "./record";

type Path = readonly (string | number)[];

/** A configuration may not set what only the service decides; a schema lets it through, real providers refuse it. */
export function unconfigurableValues(block: Block, value: unknown, at: Path = []): Diagnostic[] {
  if (!isRecord(value)) return [];
  const found = Object.entries(block.attributes)
    .filter(([name, { computed, optional, required }]) => {
      return computed && !optional && !required && !isUnset(value[name]);
    })
    .map(([name]) => refusal([...at, name]));
  for (const [name, { nesting_mode, block: inner }] of Object.entries(block.block_types))
    mapElements(nesting_mode, value[name], (element, key) => {
      found.push(
        ...unconfigurableValues(inner, element, key === undefined ? [...at, name] : [...at, name, key]),
      );
      return element;
    });
  return found;
}

function refusal(path: Path): Diagnostic {
  const detail = `Can't configure a value for "${path.join(".")}": its value will be decided automatically based on the result of applying this configuration.`;
  return problem("Value for unconfigurable attribute", detail, path);
}
