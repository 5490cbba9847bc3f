import { ipv4Violation, ipv6Violation } from "./network-block";

/**
 * What a real provider was seen to accept for one attribute. Where it gave several reasons for refusing nonsense, its
 * validator takes what satisfies any of them ("0, or 7 to 30"). The length must be right whatever else holds.
 */
export interface Rule {
  readonly oneOf?: readonly (string | number)[];
  readonly range?: readonly [number, number];
  readonly min?: number;
  readonly max?: number;
  readonly divisibleBy?: number;
  readonly maxLength?: number;
  /** Least and most characters. */
  readonly length?: readonly [number, number];
  /** Regular expression, and the provider's own message about it. */
  readonly pattern?: readonly [string, string];
  readonly kind?: "arn" | "cidr" | "ipv4" | "ipv6" | "json";
}

/** Why this value breaks the rule, as the provider's message. */
export function violation(name: string, value: string | number, rule: Rule): string | undefined {
  // The provider takes an empty string for an argument that is left out.
  if (value === "") return undefined;
  const misfit = typeof value === "string" ? wrongLength(name, value, rule) : undefined;
  if (misfit !== undefined) return misfit;
  const reasons =
    typeof value === "number" ? numberReasons(name, value, rule) : textReasons(name, value, rule);
  const [first, ...others] = reasons;
  return others.includes(undefined) ? undefined : first;
}

function wrongLength(name: string, value: string, { maxLength, length }: Rule): string | undefined {
  if (maxLength !== undefined && value.length > maxLength)
    return `"${name}" cannot be longer than ${maxLength} characters: "${value}"`;
  if (!length || (value.length >= length[0] && value.length <= length[1])) return undefined;
  return `expected length of ${name} to be in the range (${length[0]} - ${length[1]}), got ${value}`;
}

type Reasons = readonly (string | undefined)[];

/** One entry for each thing the rule asks for: why it is not so, or nothing when it is. */
function numberReasons(name: string, value: number, rule: Rule): Reasons {
  const { oneOf, divisibleBy } = rule;
  const got = `, got ${value}`;
  const reasons: (string | undefined)[] = [];
  if (oneOf)
    reasons.push(unless(oneOf.includes(value), `expected ${name} to be one of [${oneOf.join(" ")}]${got}`));
  const bounds = boundsOf(rule);
  if (bounds)
    reasons.push(
      unless(value >= bounds.least && value <= bounds.most, `expected ${name} to be ${bounds.text}${got}`),
    );
  if (divisibleBy !== undefined) {
    reasons.push(
      unless(value % divisibleBy === 0, `expected ${name} to be divisible by ${divisibleBy}${got}`),
    );
  }
  return reasons;
}

function boundsOf({ range, min, max }: Rule): { least: number; most: number; text: string } | undefined {
  if (range) return { least: range[0], most: range[1], text: `in the range (${range[0]} - ${range[1]})` };
  if (min !== undefined && max !== undefined)
    return { least: min, most: max, text: `in the range (${min} - ${max})` };
  if (min !== undefined) return { least: min, most: Infinity, text: `at least (${min})` };
  return max === undefined ? undefined : { least: -Infinity, most: max, text: `at most (${max})` };
}

function textReasons(name: string, value: string, { oneOf, pattern, kind }: Rule): Reasons {
  const reasons: (string | undefined)[] = [];
  if (oneOf) {
    const list = oneOf.map((one) => JSON.stringify(one)).join(" ");
    // The old SDK keeps the numbers of some string arguments as numbers.
    reasons.push(
      unless(oneOf.map(String).includes(value), `expected ${name} to be one of [${list}], got ${value}`),
    );
  }
  if (pattern)
    reasons.push(unless(new RegExp(pattern[0]).test(value), `${pattern[1]}: ${JSON.stringify(value)}`));
  if (kind === "ipv4") reasons.push(ipv4Violation(value));
  else if (kind === "ipv6") reasons.push(ipv6Violation(value));
  else if (kind) reasons.push(unless(kinds[kind].test(value), `"${name}" (${value}) ${kinds[kind].text}`));
  return reasons;
}

const unless = (holds: boolean, reason: string): string | undefined => (holds ? undefined : reason);

const arn = /^arn:[\w-]*:[\w-]+:[\w-]*:(\d{12}|aws|aws-managed|cloudfront|third-party)?:.+/;

const kinds = {
  arn: { test: (value: string) => arn.test(value), text: "is an invalid ARN" },
  cidr: {
    test: (value: string) => /^[0-9a-f.:]+\/\d{1,3}$/i.test(value),
    text: "is not a valid CIDR block",
  },
  json: { test: isJson, text: "contains an invalid JSON" },
} satisfies Record<"arn" | "cidr" | "json", { test: (value: string) => boolean; text: string }>;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
