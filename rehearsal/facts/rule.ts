/** What a real provider was seen to accept for one attribute. */
export interface Rule {
  readonly oneOf?: readonly (string | number)[];
  readonly range?: readonly [number, number];
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  /** Regular expression, and the provider's own words about it. */
  readonly pattern?: readonly [string, string];
  readonly kind?: "arn" | "cidr" | "json";
}

/** Why this value breaks the rule, in the provider's words. */
export function violation(name: string, value: string | number, rule: Rule): string | undefined {
  if (typeof value === "number") return numberViolation(name, value, rule);
  // The provider takes an empty string for an argument that is left out.
  return value === "" ? undefined : textViolation(name, value, rule);
}

function numberViolation(name: string, value: number, { oneOf, range, min, max }: Rule): string | undefined {
  if (oneOf && !oneOf.includes(value))
    return `expected ${name} to be one of [${oneOf.join(" ")}], got ${value}`;
  const [least, most] = range ?? [min ?? -Infinity, max ?? Infinity];
  if (value >= least && value <= most) return undefined;
  if (range) return `expected ${name} to be in the range (${least} - ${most}), got ${value}`;
  return `expected ${name} to be ${value < least ? `at least (${least})` : `at most (${most})`}, got ${value}`;
}

function textViolation(name: string, value: string, rule: Rule): string | undefined {
  const { oneOf, maxLength, pattern, kind } = rule;
  // The old SDK keeps numbers of string arguments as text and the other way round.
  if (oneOf && !oneOf.map(String).includes(value)) {
    return `expected ${name} to be one of [${oneOf.map((one) => JSON.stringify(one)).join(" ")}], got ${value}`;
  }
  if (maxLength !== undefined && value.length > maxLength) {
    return `"${name}" cannot be longer than ${maxLength} characters: "${value}"`;
  }
  if (pattern && !new RegExp(pattern[0]).test(value)) return `${pattern[1]}: ${JSON.stringify(value)}`;
  return kind && wrongKind[kind](name, value);
}

const wrongKind = {
  arn: (name: string, value: string) =>
    /^arn:[\w-]*:[\w-]+:[\w-]*:(\d{12}|aws|aws-managed|cloudfront|third-party)?:.+/.test(value)
      ? undefined
      : `"${name}" (${value}) is an invalid ARN: arn: invalid prefix`,
  cidr: (name: string, value: string) =>
    /^[0-9a-f.:]+\/\d{1,3}$/i.test(value) ? undefined : `"${name}": "${value}" is not a valid CIDR block`,
  json: (name: string, value: string) =>
    isJson(value) ? undefined : `"${name}" contains an invalid JSON: not the text of a JSON value`,
} satisfies Record<NonNullable<Rule["kind"]>, (name: string, value: string) => string | undefined>;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
