import { Environment } from "../layer/environment-schema";
import { fileSettings } from "./fields";
import { validPart, type Wholes } from "./valid-part";

/** The environment's own fields for rules to read: whatever is not valid makes the rule that reads it wait. */
export function readableFields(data: Readonly<Record<string, unknown>>, wholes?: Wholes): Environment {
  const others = [...Object.keys(fileSettings.shape), "layers"].filter(
    (name) => !(name in Environment.shape),
  );
  const own = Object.entries(data).filter(([name]) => !others.includes(name));
  // Every field is there: with its value, or with a guard that keeps a rule from reading it.
  return validPart(Environment, Object.fromEntries(own), wholes) as Environment;
}
