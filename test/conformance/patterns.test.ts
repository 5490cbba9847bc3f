import { describe, expect, test } from "vitest";
import { findBotocore } from "../real/api/botocore";
import { TextPattern } from "../real/api/matches";
import { Models } from "../real/api/model";
import { patternOf } from "../real/api/pattern";

/** What the layers use, by the names of botocore. */
const services =
  "acm autoscaling backup budgets cloudtrail cloudwatch ec2 ecr efs eks elbv2 events iam kms lambda logs rds route53 s3 s3control secretsmanager shield sns ssm sts wafv2";

describe("a pattern of a service model, which is Java's, is understood", () => {
  test.each([
    [String.raw`[\p{Alnum}_-]+`, "a-1_", "a b"],
    [String.raw`\p{Graph}{2}`, "a!", "a "],
    [String.raw`[\w-_]*`, "a-b", "a b"],
    [String.raw`[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*`, "a 😀", "\u0001"],
    [String.raw`^(\/|(\/(?!\.)+[^$#<>;|&?{}^*/\n]+){1,4})$`, "/a/b", "/.a"],
    [String.raw`^(?![^:\\]*/action/|(?i).*<script>.*</script>.*)[^:\\]+$`, "a b", "<SCRIPT></script>"],
    [String.raw`a++b*+c{2}+`, "aabcc", "aabc"],
    ["[a-z]{2}", "ab", "abc"],
    [String.raw`\Aa{1,2}\z`, "aa", "aaa"],
    [String.raw`{.*}`, "{a}", "a"],
  ])("%s", (pattern, right, wrong) => {
    expect(patternOf(pattern).test(right)).toBe(true);
    expect(patternOf(pattern).test(wrong)).toBe(false);
  });
});

describe("a pattern that could take years", () => {
  const nested = new TextPattern("[a-zA-Z](?:-?[a-zA-Z0-9]+)*");

  test("says so instead", () => {
    expect(() => nested.matches(`${"a".repeat(63)}!`)).toThrow("timed out");
  });

  test("knows what it accepts", () => {
    expect(nested.matches("integration-of-the-orchestrator")).toBe(true);
  });
});

const botocore = findBotocore();

describe.skipIf(botocore === undefined)(`botocore's ${botocore === undefined ? "is not found" : ""}`, () => {
  const models = new Models(botocore ?? "");

  test.each(services.split(" "))("patterns of %s can all be compiled", (service) => {
    const model = models.of(service);
    expect(model).toBeDefined();
    expect(() => [...(model?.patterns ?? [])].map((pattern) => new TextPattern(pattern))).not.toThrow();
  });
});
