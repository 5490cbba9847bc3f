import { overlap } from "../../lib/aws-facts/overlap";
import type { Path } from "../../lib/environment/setting-problem";
import type { Problem } from "../../lib/layer/layer";

/** The range of Kubernetes services, unless the file has another. */
export const defaultServiceRange = "172.20.0.0/16";

interface VpcRanges {
  readonly cidr: string;
  readonly additionalCidrs: readonly string[];
}

/** Reports ranges of the VPC that share addresses with Kubernetes services, at a setting that the file has. */
export function serviceRangeProblems(serviceCidr: string, vpc: VpcRanges): readonly Problem[] {
  const ranges: { path: Path; cidr: string }[] = [
    { path: ["layers", "vpc", "cidr"], cidr: vpc.cidr },
    ...vpc.additionalCidrs.map((cidr, index) => ({
      path: ["layers", "vpc", "additionalCidrs", index],
      cidr,
    })),
  ];
  const taken = ranges.filter(({ cidr }) => overlap(cidr, serviceCidr));
  const [first] = taken;
  if (first === undefined) return [];
  const example = freeRange(ranges.map(({ cidr }) => cidr));
  if (serviceCidr === defaultServiceRange) {
    return taken.map(({ path, cidr }) => ({
      path,
      message: `is "${cidr}", which overlaps "${serviceCidr}", the default of layers.eks.serviceIpv4Cidr`,
      hint: `Set layers.eks.serviceIpv4Cidr to a private range outside the VPC, e.g. "${example}", or choose another range for the VPC`,
    }));
  }
  return [
    {
      path: ["layers", "eks", "serviceIpv4Cidr"],
      message: `is "${serviceCidr}", which overlaps "${first.cidr}" of the VPC`,
      hint: `Choose a private range outside the VPC, e.g. "${example}"`,
    },
  ];
}

/** More than a VPC can have: the ranges of a VPC are /16 at most, and 50 in number. */
const candidates = Array.from({ length: 100 }, (_, index) => `10.${100 + index}.0.0/16`);

function freeRange(taken: readonly string[]): string | undefined {
  return candidates.find((candidate) => !taken.some((range) => overlap(range, candidate)));
}
