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

/** Applies a rule to every item of a list for itself, so that an invalid one holds back none of the others. */
export function problemsOfEach<Item extends string>(
  items: readonly Item[],
  rule: (item: Item, index: number) => readonly Problem[],
): readonly Problem[] {
  // By their indexes, because going through the items reads the invalid ones as well.
  return [...items.keys()].flatMap((index) =>
    problemsOf(() => {
      const item = items[index];
      return item === undefined ? [] : rule(item, index);
    }),
  );
}

/** Valid values by name, or in a list, and names of invalid ones, whose reading makes a rule wait. */
export function onlyValid(valid: object, invalid: readonly (string | number)[]): object {
  const guards = invalid.map((name): [string | number, PropertyDescriptor] => [
    name,
    {
      enumerable: true,
      get: () => {
        throw new Waiting(`"${name}" is not valid`);
      },
    },
  ]);
  const copy = Array.isArray(valid) ? Array.from<unknown>(valid) : { ...valid };
  return Object.defineProperties(copy, Object.fromEntries(guards));
}
