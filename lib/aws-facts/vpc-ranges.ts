import { Address4 } from "ip-address";
import { z } from "zod";
import { isWithin } from "./overlap";
import { privateRanges, sharedRange } from "./private-ranges";

/** A new VPC has one of these. */
const internalRanges = [...privateRanges, sharedRange];
/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html, "Considerations" of "IPv4 VPC CIDR blocks". */
const reservedRanges = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4"];
/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html, "IPv4 VPC CIDR blocks"; subnets have the same. */
const sizes = { largest: 16, smallest: 28 };
/** A new VPC is divided into six subnets, of which the public ones must hold load balancers. */
const newVpcSizes = { largest: 16, smallest: 22 };

interface Refusal {
  readonly message: string;
  readonly hint: string;
}

const format = z.cidrv4('must be an IPv4 range, e.g. "10.20.0.0/20"');

/** An IPv4 range that a VPC or a subnet can have: /16 to /28, starting at its network address, not reserved. */
export const vpcRange = format.superRefine(
  refuse((range) => [...unaligned(range), ...reserved(range), ...wrongSize(range, sizes)]),
);

/** The IPv4 range of a VPC that is created here: private, /16 to /22, starting at its network address. */
export const newVpcRange = format.superRefine(
  refuse((range) => [...unaligned(range), ...notDivisible(range)]),
);

/** What a range that a VPC can have lacks for a VPC that is created here. */
export function newVpcRefusals(text: string): readonly Refusal[] {
  return notDivisible(new Address4(text));
}

function notDivisible(range: Address4): readonly Refusal[] {
  return [...notPrivate(range), ...wrongSize(range, newVpcSizes)];
}

/** Converts checks to a refinement, which ignores text that is not a range, because its format is reported. */
function refuse(checks: (range: Address4) => readonly Refusal[]) {
  return (value: string, context: z.RefinementCtx): void => {
    if (!z.cidrv4().safeParse(value).success) return;
    for (const { message, hint } of checks(new Address4(value))) {
      context.addIssue({ code: "custom", message, params: { hint } });
    }
  };
}

function unaligned(range: Address4): readonly Refusal[] {
  const aligned = range.networkForm();
  if (aligned === range.address) return [];
  return [
    { message: `"${range.address}" does not start at its network address`, hint: `Write "${aligned}"` },
  ];
}

function reserved(range: Address4): readonly Refusal[] {
  const taken = reservedRanges.find((each) => isWithin(range.address, each));
  if (taken === undefined) return [];
  return [
    {
      message: `"${range.address}" is in ${taken}, which no VPC can have`,
      hint: `Choose a range inside ${internalRanges.join(", ")}`,
    },
  ];
}

function notPrivate(range: Address4): readonly Refusal[] {
  if (internalRanges.some((allowed) => isWithin(range.address, allowed))) return [];
  return [
    {
      message: `"${range.address}" is not a private range`,
      hint: `Choose a range inside ${internalRanges.join(", ")}`,
    },
  ];
}

function wrongSize(range: Address4, { largest, smallest }: typeof sizes): readonly Refusal[] {
  const prefix = range.subnetMask;
  if (prefix >= largest && prefix <= smallest) return [];
  return [
    {
      message: `"${range.address}" has the size /${prefix}`,
      hint: `Choose a size from /${largest} (largest) to /${smallest} (smallest)`,
    },
  ];
}
