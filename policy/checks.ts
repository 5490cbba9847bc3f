import type { SynthesisedJson } from "../synthesis/environment";
import type { Resource } from "../synthesis/resource";
import type { Rule } from "./rule";

type Check = Rule["check"];
type Value = string | number | boolean;

/** Looks at every resource of some types; `fault` says what is wrong with one, if anything is. */
export function each(
  types: readonly string[],
  fault: (resource: Resource, synthesised: SynthesisedJson) => string | undefined,
): Check {
  return (synthesised) =>
    synthesised.of(...types).flatMap((resource) => {
      const message = fault(resource, synthesised);
      return message === undefined ? [] : [{ layer: resource.layer, address: resource.address, message }];
    });
}

/** Every resource of a type has one of the accepted values at a path. */
export function mustBe(type: string, path: string, ...accepted: readonly Value[]): Check {
  return each([type], (resource) => {
    if (resource.is(path, ...accepted)) return undefined;
    const found = resource.texts(path);
    return found.length === 0 ? `${path} is not set` : `${path} is ${found.join(", ")}`;
  });
}

/** Every resource of a type has a companion that refers to it, e.g. a bucket the block on public access. */
export function mustHaveCompanion(type: string, companion: Companion): Check {
  const { by, through, where = () => true, without } = companion;
  return each([type], (resource, synthesised) =>
    synthesised.referring(resource, by, through).some((found) => where(found, synthesised))
      ? undefined
      : without,
  );
}

interface Companion {
  readonly by: string;
  /** Argument of the companion that refers to the resource. */
  readonly through: string;
  readonly where?: (companion: Resource, synthesised: SynthesisedJson) => boolean;
  /** What is true of a resource that has none. */
  readonly without: string;
}
