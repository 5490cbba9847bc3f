import { Address4, Address6 } from "ip-address";
import { z } from "zod";
import { sameness } from "./sameness";

const wanted = 'must be an IPv4 or IPv6 range, e.g. "203.0.113.0/24" or "2001:db8::/32"';
const notation = /^([\d.]+|[\dA-Fa-f:]+)\/\d{1,3}$/;

/**
 * A source range of security group rules. The AWS provider refuses one with host bits, and EC2 stores an IPv6 range in its
 * canonical form: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 */
export const sourceRange = z
  .string()
  .regex(notation, wanted)
  .refine((text) => !notation.test(text) || parsed(text) !== undefined, wanted)
  .refine((text) => {
    const range = parsed(text);
    return range === undefined || range.networkForm() === `${range.correctForm()}/${range.subnetMask}`;
  }, 'must start at its network address, e.g. "203.0.113.0/24" and not "203.0.113.7/24"')
  .register(sameness, { key: (range) => rangeForm(String(range)) });

/** A range as EC2 stores it: `2001:db8::/32`. */
export function rangeForm(range: string): string {
  return parsed(range)?.networkForm() ?? range;
}

/** The size of a range, by its family. */
export function rangeSize(range: string): { readonly family: "IPv4" | "IPv6"; readonly prefix: number } {
  const found = parsed(range);
  return { family: found instanceof Address6 ? "IPv6" : "IPv4", prefix: found?.subnetMask ?? 0 };
}

function parsed(range: string): Address4 | Address6 | undefined {
  if (!notation.test(range)) return undefined;
  if (range.includes(":")) return Address6.isValid(range) ? new Address6(range) : undefined;
  return Address4.isValid(range) ? new Address4(range) : undefined;
}
