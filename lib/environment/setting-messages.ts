import type { z } from "zod";
import { suggestion } from "../suggestions";

type RawIssue = z.core.$ZodRawIssue;
type Issue = z.core.$ZodIssue;

const longestQuote = 60;

/** States the expected value of a setting; replaces zod's own messages. */
export function expectation(issue: RawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${kinds[issue.expected] ?? issue.expected}${quotesHint(issue.expected, issue.input)}`;
    case "invalid_value":
      return oneOf(issue.values);
    case "too_small":
      return bound(issue, issue.inclusive === false ? "more than" : "at least", issue.minimum);
    case "too_big":
      return bound(issue, issue.inclusive === false ? "less than" : "at most", issue.maximum);
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_format":
      return `must be ${formats[issue.format] ?? `text of the form ${issue.pattern ?? issue.format}`}`;
    default:
      return "must be something else";
  }
}

/** States what is wrong with a setting. */
export function fact(issue: Issue): string {
  const { input } = issue;
  if (input === null) return "is empty";
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "int" && typeof input === "number"
        ? `${input} is not a whole number`
        : describe(input);
    case "invalid_value":
      return refusedChoice(input, issue.values).message;
    case "too_small":
    case "too_big":
      return size(input, issue.code === "too_small" ? "small" : "large");
    default:
      return `${plain(input)} is not accepted`;
  }
}

/** States that a value is not one of the accepted ones, and suggests one. */
export function refusedChoice(
  word: unknown,
  accepted: readonly unknown[],
): { message: string; hint: string } {
  const meant = typeof word === "string" ? suggestion(word, accepted.map(String)) : undefined;
  const question = meant === undefined ? "" : `; did you mean "${meant}"?`;
  return { message: `${plain(word)} is not accepted${question}`, hint: `It ${oneOf(accepted)}` };
}

function oneOf(accepted: readonly unknown[]): string {
  return `must be ${accepted.length > 1 ? "one of " : ""}${accepted.map(plain).join(", ")}`;
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of settings",
  record: "a map",
};

const formats: Readonly<Record<string, string>> = {
  cidrv4: 'an IPv4 range, e.g. "10.20.0.0/20"',
  ipv4: 'an IPv4 address, e.g. "10.20.0.1"',
  email: 'an e-mail address, e.g. "ops@example.com"',
  url: 'a URL, e.g. "https://example.com"',
};

/** YAML reads `no`, `1.30` and `012` as something other than text unless they are quoted. */
function quotesHint(expected: string, input: unknown): string {
  const scalar = typeof input === "number" || typeof input === "boolean";
  if (expected === "string" && scalar) return ": put it in quotes";
  const bare = ["number", "int", "boolean"].includes(expected);
  return bare && typeof input === "string" ? ", without quotes" : "";
}

function bound(
  issue: RawIssue & { code: "too_small" | "too_big" },
  word: string,
  limit: number | bigint,
): string {
  const exactly = issue.exact === true ? "exactly" : word;
  if (issue.origin === "string") return `must have ${exactly} ${count(limit, "character")}`;
  if (issue.origin === "array") return `must have ${exactly} ${count(limit, "item")}`;
  return `must be ${exactly} ${limit}`;
}

function size(input: unknown, tooWhat: string): string {
  if (input === "") return "is empty text";
  if (typeof input === "string") return `${plain(input)} has ${count(input.length, "character")}`;
  if (!Array.isArray(input)) return `${plain(input)} is too ${tooWhat}`;
  return input.length === 0 ? "is an empty list" : `has ${count(input.length, "item")}`;
}

function count(number: number | bigint, noun: string): string {
  return `${number} ${noun}${Number(number) === 1 ? "" : "s"}`;
}

function describe(input: unknown): string {
  if (Array.isArray(input)) return "is a list";
  if (typeof input === "object") return "is a map";
  if (typeof input === "string") return `${plain(input)} is text`;
  return typeof input === "number" ? `${input} is a number` : `${plain(input)} is a boolean`;
}

/** A value in the notation of the file, shortened to one line. */
function plain(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return "this";
  return JSON.stringify(value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value);
}
