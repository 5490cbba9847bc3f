import type { Rule } from "./rule";

/** What the validators of a real provider said about nonsense in one attribute; `other` is a message that fits no kind. */
export interface Observation {
  readonly oneOf?: readonly (string | number | null)[];
  readonly range?: readonly [number, number];
  readonly min?: number;
  readonly max?: number;
  readonly arn?: boolean;
  readonly cidr?: boolean;
  readonly json?: boolean;
  readonly other?: string;
}

/** The rule that an observation amounts to; none when its message gives no rule that a machine can hold. */
export function ruleFrom({ other, ...observation }: Observation, path: string): Rule | undefined {
  const message = other === undefined ? {} : ruleInMessage(other.trim(), path);
  const rule = { ...ruleFromKinds(observation), ...message };
  // A second reason that was not understood may be one that lets more through.
  const understood = other === undefined || Object.keys(message).length > 0;
  const alone = Object.keys(observation).length === 0;
  return Object.keys(rule).length > 0 && (understood || alone) ? rule : undefined;
}

function ruleFromKinds({ oneOf, range, min, max, ...flags }: Observation): Rule {
  const kind = (["arn", "cidr", "json"] as const).find((name) => flags[name] === true);
  // A value that the learning tool could not read is null, and then the list is not whole.
  const values = oneOf?.filter((value) => value !== null);
  return {
    ...(values && values.length === oneOf?.length && { oneOf: values }),
    ...(range && { range }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(kind && { kind }),
  };
}

function ruleInMessage(message: string, path: string): Rule {
  const [, least, most] = /in the range \((-?[\d.]+) - (-?[\d.]+)\)/.exec(message) ?? [];
  if (least !== undefined && most !== undefined) return { range: [Number(least), Number(most)] };
  const [, longest] = /cannot be longer than (\d+) char/.exec(message) ?? [];
  if (longest !== undefined) return { maxLength: Number(longest) };
  const [, divisor] = /to be divisible by (\d+)/.exec(message) ?? [];
  if (divisor !== undefined) return { divisibleBy: Number(divisor) };
  return patternInMessage(message, path);
}

function patternInMessage(message: string, path: string): Rule {
  const [, quoted] =
    /(?:restrictions \(|to match regular expression )("(?:[^"\\]|\\.)+")/.exec(message) ?? [];
  const [, written] = /(?:must match|only contain|of only) (\[[^\]]+\])/.exec(message) ?? [];
  const unquoted = quoted === undefined ? undefined : unquote(quoted);
  const source = unquoted ?? (written === undefined ? allowedCharacters(message) : `^${written}*$`);
  if (source === undefined || !isPattern(source)) return {};
  const restrictions = `"${path.split(".").pop() ?? path}" doesn't comply with restrictions (${quoted ?? ""})`;
  const text = quoted === undefined ? message.replace(/:? ?"zz~nonsense"$/, "") : restrictions;
  return { pattern: [source, text] };
}

const characters: Readonly<Record<string, string>> = {
  alphanumeric: "0-9A-Za-z",
  underscore: "_",
  period: ".",
  dot: ".",
  slash: "/",
  slashe: "/",
  space: " ",
  // Last, where a character class takes it for itself.
  hyphen: "-",
};

/** "only lowercase alphanumeric characters and hyphens allowed in …" as a pattern; nothing when it says more than that. */
function allowedCharacters(message: string): string | undefined {
  const [, list] = /\bonly ([a-z, ]+?)(?: allowed|\)|$)/.exec(message) ?? [];
  const listed = (list?.match(/[a-z]+/g) ?? []).filter((word) => !/^(and|or|characters?)$/.test(word));
  const lowercase = listed[0] === "lowercase";
  const names = listed.slice(lowercase ? 1 : 0).map((word) => word.replace(/s$/, ""));
  if (names.length === 0 || names.some((name) => !(name in characters))) return undefined;
  const allowed = Object.entries(characters).filter(([name]) => names.includes(name));
  const all = allowed.map(([, signs]) => signs).join("");
  return `^[${lowercase ? all.replace("A-Za-z", "a-z") : all}]*$`;
}

function unquote(quoted: string): string {
  // A Go string literal of a pattern is a JSON string too.
  return JSON.parse(quoted) as string;
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    // Go knows constructs that JavaScript does not.
    return false;
  }
}
