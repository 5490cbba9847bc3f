import { Address4 } from "ip-address";
import type { Problem } from "../../../lib/layer/layer";

/** Reports overlapping CIDR ranges of a VPC. */
export function cidrProblems(given: {
  readonly settings: { readonly cidr: string; readonly additionalCidrs: readonly string[] };
}): readonly Problem[] {
  const { cidr, additionalCidrs } = given.settings;
  return additionalCidrs.flatMap((range, index) => {
    const earlier = [cidr, ...additionalCidrs.slice(0, index)].find((other) => overlap(other, range));
    if (earlier === undefined) return [];
    return [
      {
        path: ["layers", "vpc", "additionalCidrs", index],
        message: `"${range}" overlaps "${earlier}"`,
        hint: "Choose a range that shares no address with the other ranges of the VPC",
      },
    ];
  });
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [new Address4(one), new Address4(other)];
  return a.isInSubnet(b) || b.isInSubnet(a);
}
