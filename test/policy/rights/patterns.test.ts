import { describe, expect, test } from "vitest";
import { matches, overlap } from "./patterns";

describe("a pattern of IAM", () => {
  test.each([
    ["arn:aws:s3:::logs", "arn:aws:s3:::logs", true],
    ["arn:aws:s3:::logs", "arn:aws:s3:::logs/a", false],
    ["arn:aws:s3:::logs/*", "arn:aws:s3:::logs/a/b", true],
    ["*-key", "a-key-key", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["a*b*c", "axxbxx", false],
    ["a**", "a", true],
  ])("%s stands for %s: %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test("is judged in a moment even with many wildcards", () => {
    expect(matches("*a".repeat(40), `${"a".repeat(2000)}b`)).toBe(false);
  });

  test.each([
    ["arn:aws:ec2:*:1:*", "arn:*:ec2:*:*:subnet/*", true],
    ["arn:aws:ec2:eu:1:vpc/*", "arn:*:ec2:*:*:subnet/*", false],
    ["arn:aws:ec2:eu:1:*", "arn:*:ec2:*:*:*/a", true],
    ["arn:aws:ec2:eu:1:a*", "arn:*:ec2:*:*:*b", true],
    ["arn:aws:ec2:eu:1:a", "arn:*:ec2:*:*:b*", false],
  ])("%s and %s have an ARN in common: %s", (one, other, expected) => {
    expect(overlap(one, other)).toBe(expected);
    expect(overlap(other, one)).toBe(expected);
  });
});
