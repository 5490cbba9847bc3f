import { isIPv4, isIPv6 } from "node:net";

/** Why a text is no block of IPv4 addresses without host bits, as the AWS provider says it; undefined when it is one. */
export function ipv4Violation(text: string): string | undefined {
  const [address, length] = parts(text);
  if (!isIPv4(address) || length > 32) return `"${text}" is not a valid IPv4 CIDR block`;
  const size = 2 ** (32 - length);
  const number = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  if (number % size === 0) return undefined;
  const network = dotted(number - (number % size));
  return `"${text}" is not a valid IPv4 CIDR block; did you mean "${network}/${length}"?`;
}

/** Why a text is no block of IPv6 addresses; host bits are not looked at. */
export function ipv6Violation(text: string): string | undefined {
  const [address, length] = parts(text);
  return isIPv6(address) && length <= 128 ? undefined : `"${text}" is not a valid IPv6 CIDR block`;
}

/** The length is infinite where the text has none. */
function parts(text: string): readonly [string, number] {
  const [, address = "", length] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  return [address, length === undefined ? Infinity : Number(length)];
}

const dotted = (number: number): string =>
  [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
