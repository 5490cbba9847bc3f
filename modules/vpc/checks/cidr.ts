import { overlap } from "../../../lib/aws-facts/overlap";
import { combinationFault } from "../../../lib/aws-facts/vpc-range-combinations";
import { newVpcRefusals } from "../../../lib/aws-facts/vpc-ranges";
import type { Problem } from "../../../lib/layer/layer";
import { problemsOf, problemsOfEach } from "../../../lib/layer/waiting-rules";

interface Ranges {
  readonly cidr: string;
  readonly additionalCidrs: readonly string[];
}

/** Reports ranges that overlap, and, of a VPC that is created here, those that EC2 or its subnets do not allow. */
export function cidrProblems({
  settings,
}: {
  readonly settings: Ranges & { readonly network?: { readonly source: "new" | "existing" } };
}): readonly Problem[] {
  return problemsOf(
    () => overlaps(settings),
    () => (settings.network?.source === "existing" ? moreThanAVpcHas(settings) : newVpcProblems(settings)),
  );
}

function newVpcProblems(settings: Ranges): readonly Problem[] {
  return problemsOf(
    () => newVpcRefusals(settings.cidr).map((refusal) => ({ path: ["layers", "vpc", "cidr"], ...refusal })),
    () => uncombinable(settings),
    () => tooMany(settings),
  );
}

const at = (index: number) => ["layers", "vpc", "additionalCidrs", index];

function overlaps({ cidr, additionalCidrs }: Ranges): readonly Problem[] {
  return problemsOfEach(additionalCidrs, (range, index) => {
    // An equal one of the list is reported by its schema.
    const others = additionalCidrs.slice(0, index).filter((other) => other !== range);
    const earlier = [cidr, ...others].find((other) => overlap(other, range));
    if (earlier === undefined) return [];
    return [
      {
        path: at(index),
        message: `"${range}" overlaps "${earlier}"`,
        hint: "Choose a range that shares no address with the other ranges of the VPC",
      },
    ];
  });
}

function uncombinable({ cidr, additionalCidrs }: Ranges): readonly Problem[] {
  return problemsOfEach(additionalCidrs, (range, index) => {
    const fault = combinationFault([cidr, ...additionalCidrs.slice(0, index)], range);
    if (fault === undefined) return [];
    return [
      {
        path: at(index),
        message: `"${range}" cannot be added: ${fault}`,
        hint: "Choose another range, e.g. one of 100.64.0.0/10, which can be added to every VPC",
      },
    ];
  });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html, "IPv4 CIDR blocks per VPC", the first one included. */
const mostRanges = 50;

function moreThanAVpcHas({ additionalCidrs }: Ranges): readonly Problem[] {
  if (additionalCidrs.length < mostRanges) return [];
  return [
    {
      path: ["layers", "vpc", "additionalCidrs"],
      message: `has ${additionalCidrs.length} ranges, but a VPC can have ${mostRanges} with its first one`,
      hint: "List only the ranges that the VPC has",
    },
  ];
}

/**
 * The network ACL has an inbound rule for each range, and three others with the one that AWS adds; it can have 40:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html, "Rules per network ACL".
 */
const mostAdditional = 40 - 3 - 1;

function tooMany({ additionalCidrs }: Ranges): readonly Problem[] {
  if (additionalCidrs.length <= mostAdditional) return [];
  return [
    {
      path: ["layers", "vpc", "additionalCidrs"],
      message: `has ${additionalCidrs.length} ranges, but the VPC's network ACL has rules for ${mostAdditional}`,
      hint: "Choose fewer, larger ranges",
    },
  ];
}
