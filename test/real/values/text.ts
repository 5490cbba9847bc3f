import fc from "fast-check";

/** Text that every AWS service accepts in tags. */
export const tagText = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 _.:/=+@-]{0,30}[A-Za-z0-9]$/);

/** A reason, in words. */
export const reason = fc.constantFrom("short-lived test environment", "handled by the organisation", "x");

/** A path and name in IAM. */
export const roleName = fc.stringMatching(/^([a-z]{1,8}\/){0,2}[A-Za-z0-9+=,.@_-]{1,40}$/);

// Once, because a pattern takes longer to prepare than to use.
const hexadecimal = fc.stringMatching(/^[0-9a-f]{17}$/);

/** A hexadecimal ID of EC2, in its long form. */
export const id = (prefix: string) => hexadecimal.map((digits) => `${prefix}-${digits}`);

/** A range of IPv4 addresses at its network address, inside a range and not wider than a prefix. */
export function range(
  [a, b]: readonly [number, number?],
  prefixes: readonly [number, number],
): fc.Arbitrary<string> {
  const octet = fc.integer({ min: 0, max: 255 });
  const [min, max] = prefixes;
  return fc.tuple(octet, octet, octet, fc.integer({ min, max })).map(([second, third, fourth, prefix]) => {
    const bits = ((a << 24) | ((b ?? second) << 16) | (third << 8) | fourth) >>> 0;
    const network = prefix === 0 ? 0 : (bits & (0xffffffff << (32 - prefix))) >>> 0;
    const octets = [24, 16, 8, 0].map((shift) => (network >>> shift) & 255);
    return `${octets.join(".")}/${prefix}`;
  });
}

/** A public range, as allow-lists name them. */
export const publicRange = fc.oneof(
  range([203], [24, 32]),
  range([198, 51], [17, 32]),
  range([52], [12, 32]),
);

/** The same in IPv6, in any notation. */
export const ranges6 = [
  "2001:db8::/32",
  "2001:DB9:0:1::/64",
  "2600:1f14:0000::/36",
  "2a05:d018::1/128",
] as const;
