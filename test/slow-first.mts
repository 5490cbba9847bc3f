import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Starts files that take long first, in the order of `slow`, so that none is left running alone at the end. */
export function slowFirst(...slow: readonly RegExp[]): typeof BaseSequencer {
  const rank = ({ moduleId }: TestSpecification) => {
    const found = slow.findIndex((pattern) => pattern.test(moduleId));
    return found < 0 ? slow.length : found;
  };
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const sorted = await super.sort(files);
      return sorted.sort((one, other) => rank(one) - rank(other));
    }
  };
}
