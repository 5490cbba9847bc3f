import { architectureOf, familyOf, instanceFamilies } from "./instance-families";
import type { Problem } from "../layer/layer";
import { suggestion } from "../suggestions";

/** Reports an instance type of an unknown family. */
export function instanceTypeProblems(path: Problem["path"], instanceType: string): readonly Problem[] {
  if (architectureOf(instanceType) !== undefined) return [];
  const family = familyOf(instanceType);
  const meant = suggestion(family, instanceFamilies);
  const advice = meant === undefined ? "Choose another one" : `Write "${meant}" if you meant that`;
  return [
    {
      path,
      message: `is "${instanceType}", but no instance family "${family}" of EC2 is known`,
      hint: `${advice}; add a family that is new to lib/aws-facts/instance-families.ts`,
    },
  ];
}
