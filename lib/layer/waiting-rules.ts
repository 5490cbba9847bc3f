import type { Problem } from "./layer";

/** Thrown by reading a value that is invalid: the rule that reads it waits until it is valid. */
class Waiting extends Error {}

/** Runs every rule for itself, so that one that waits for a valid value holds back no other. */
export function problemsOf(...rules: readonly (() => readonly Problem[])[]): readonly Problem[] {
  return rules.flatMap((rule) => {
    try {
      return rule();
    } catch (error) {
      if (error instanceof Waiting) return [];
      throw error;
    }
  });
}

/** Valid values by name, and names of invalid ones, whose reading makes a rule wait. */
export function onlyValid(valid: object, invalid: readonly string[]): object {
  const guards = invalid.map((name): [string, PropertyDescriptor] => [
    name,
    {
      enumerable: true,
      get: () => {
        throw new Waiting(`"${name}" is not valid`);
      },
    },
  ]);
  return Object.defineProperties({ ...valid }, Object.fromEntries(guards));
}
