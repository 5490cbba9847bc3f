import type { Attributes } from "../../engine/behaviour";
import { problem, type Diagnostic } from "../../engine/diagnostic";
import { textOf } from "../../engine/read-value";

interface Range {
  readonly first: number;
  readonly bits: number;
}

function parse(cidr: string): Range | undefined {
  const [, address = "", length = ""] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(cidr) ?? [];
  const octets = address.split(".").map(Number);
  const bits = Number(length);
  if (octets.length !== 4 || octets.some((octet) => octet > 255) || bits > 32) return undefined;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return first % 2 ** (32 - bits) === 0 ? { first, bits } : undefined;
}

/** Does the second IPv4 block lie wholly inside the first? Text that is no block lies nowhere. */
export function contains(outer: string | undefined, inner: string | undefined): boolean {
  const around = parse(outer ?? "");
  const within = parse(inner ?? "");
  if (!around || !within || within.bits < around.bits) return false;
  const size = 2 ** (32 - around.bits);
  return Math.floor(within.first / size) * size === around.first;
}

/** Length of the prefix of an IPv4 block. */
export const prefixLength = (cidr: string | undefined): number | undefined => parse(cidr ?? "")?.bits;

/** Validates attributes that must hold an IPv4 block without host bits. */
export const validateCidr =
  (...attributes: string[]) =>
  (config: Attributes): readonly Diagnostic[] =>
    attributes.flatMap((attribute) => {
      const cidr = textOf(config[attribute]);
      if (cidr === undefined || parse(cidr)) return [];
      const detail = `"${attribute}" (${cidr}) is not a valid IPv4 CIDR block (host bits must be zero)`;
      return [problem("Invalid CIDR", detail, [attribute])];
    });
