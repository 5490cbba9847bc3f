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
  .refine(
    (text) => {
      const range = parsed(text);
      return range === undefined || range.networkForm() === `${range.correctForm()}/${range.subnetMask}`;
    },
    { error: ({ input }) => `must start at its network address, e.g. ${hostBits(String(input))}` },
  )
  // Refused by the provider, which takes such a range for one of IPv4; the source of these packets is an IPv4 address.
  .refine(
    (text) => !isMapped(parsed(text)),
    'must not be a range of IPv4 addresses in IPv6 notation: write it in IPv4 notation, e.g. "10.0.0.0/8"',
  )
  .register(sameness, { key: (range) => rangeForm(String(range)) });

/** A range as EC2 stores it: `2001:db8::/32`. */
export function rangeForm(range: string): string {
  return parsed(range)?.networkForm() ?? range;
}

/** How much of which family's addresses a range has. */
interface Size {
  readonly family: "IPv4" | "IPv6";
  readonly prefix: number;
  /** Whether the internet routes none of its addresses: https://www.rfc-editor.org/rfc/rfc4193 */
  readonly isUniqueLocal: boolean;
}

/** The size of a range, by its family. */
export function rangeSize(range: string): Size {
  const found = parsed(range);
  const prefix = found?.subnetMask ?? 0;
  if (!(found instanceof Address6)) return { family: "IPv4", prefix, isUniqueLocal: false };
  return { family: "IPv6", prefix, isUniqueLocal: found.isInSubnet(new Address6("fc00::/7")) };
}

function isMapped(range: Address4 | Address6 | undefined): boolean {
  return range instanceof Address6 && range.isInSubnet(new Address6("::ffff:0:0/96"));
}

function hostBits(range: string): string {
  return rangeSize(range).family === "IPv6"
    ? '"2001:db8::/32" and not "2001:db8::7/32"'
    : '"203.0.113.0/24" and not "203.0.113.7/24"';
}

function parsed(range: string): Address4 | Address6 | undefined {
  if (!notation.test(range)) return undefined;
  if (range.includes(":")) return Address6.isValid(range) ? new Address6(range) : undefined;
  return Address4.isValid(range) ? new Address4(range) : undefined;
}
