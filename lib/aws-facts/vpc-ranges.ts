import { Address4 } from "ip-address";
import { z } from "zod";

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const largestPrefix = 16;
const smallestPrefix = 22;

/** The VPC's own IPv4 range: private, /16 to /22, starting at its network address. */
export const vpcRange = z
  .cidrv4('must be an IPv4 range, e.g. "10.20.0.0/20"')
  .superRefine(refuse((range) => [unaligned(range), notPrivate(range), wrongSize(range)]));

/** An additional IPv4 range of the VPC, starting at its network address. */
export const additionalRange = z
  .cidrv4('must be an IPv4 range, e.g. "100.64.0.0/16"')
  .superRefine(refuse((range) => [unaligned(range), wrongAdditionalSize(range)]));

interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** Converts checks to a refinement, which ignores text that is not a range, because its format is reported. */
function refuse(checks: (range: Address4) => readonly (Refusal | undefined)[]) {
  return (value: string, context: z.RefinementCtx): void => {
    if (!z.cidrv4().safeParse(value).success) return;
    for (const refusal of checks(new Address4(value))) {
      if (refusal === undefined) continue;
      context.addIssue({ code: "custom", message: refusal.message, params: { hint: refusal.hint } });
    }
  };
}

function unaligned(range: Address4): Refusal | undefined {
  const aligned = range.networkForm();
  if (aligned === range.address) return undefined;
  return { message: `"${range.address}" does not start at its network address`, hint: `Write "${aligned}"` };
}

function notPrivate(range: Address4): Refusal | undefined {
  if (privateRanges.some((allowed) => range.isInSubnet(new Address4(allowed)))) return undefined;
  return {
    message: `"${range.address}" is not a private range`,
    hint: `Choose a range inside ${privateRanges.join(", ")}`,
  };
}

function wrongSize(range: Address4): Refusal | undefined {
  const prefix = range.subnetMask;
  if (prefix >= largestPrefix && prefix <= smallestPrefix) return undefined;
  return {
    message: `"${range.address}" has the size /${prefix}`,
    hint: `Choose a size from /${largestPrefix} (largest) to /${smallestPrefix} (smallest)`,
  };
}

/** AWS accepts blocks from /16 to /28. */
function wrongAdditionalSize(range: Address4): Refusal | undefined {
  const prefix = range.subnetMask;
  if (prefix >= 16 && prefix <= 28) return undefined;
  return {
    message: `"${range.address}" has the size /${prefix}`,
    hint: "Choose a size from /16 (largest) to /28 (smallest)",
  };
}
