import { expect, test } from "vitest";
import { SynthesisedJson } from "../../synthesis/environment";
import type { Exception } from "../../policy/exception";
import { exceptions } from "../../policy/exceptions";
import { rules } from "../../policy/index";
import { judge } from "../../policy/judgement";

const synthesised = new SynthesisedJson({ vpc: { resource: { aws_eip: { "nat-a": {}, "nat-b": {} } } } });
const exception: Exception = {
  rule: "elastic-ip-attached",
  layer: "vpc",
  address: "aws_eip.nat-*",
  reason: "Kept for a move",
  owner: "platform",
  expires: "2026-06-30",
};

function verdict(change: Partial<Exception>, day = "2026-06-30", scaleProfile = "default") {
  const environment = { name: "dev", scaleProfile };
  const now = new Date(`${day}T23:59:59Z`);
  const judgement = judge({
    environment,
    synthesised,
    rules,
    exceptions: [{ ...exception, ...change }],
    now,
  });
  return {
    violations: judgement.violations.map(({ address }) => address),
    excepted: judgement.excepted.map(({ address }) => address),
    expired: judgement.expired.map(({ rule }) => rule),
  };
}

const both = ["aws_eip.nat-a", "aws_eip.nat-b"];

test("an exception covers every resource that its address matches, to the end of its last day", () => {
  expect(verdict({})).toEqual({ violations: [], excepted: both, expired: [] });
});

test("an exception whose last day is over covers nothing, and is named", () => {
  expect(verdict({}, "2026-07-01")).toEqual({
    violations: both,
    excepted: [],
    expired: ["elastic-ip-attached"],
  });
});

test("an exception is for its rule, layer, address and scale profiles only", () => {
  const nothing = { violations: both, excepted: [], expired: [] };
  expect(verdict({ rule: "default-route" })).toEqual(nothing);
  expect(verdict({ layer: "eks" })).toEqual(nothing);
  expect(verdict({ address: "aws_eip.nat" })).toEqual(nothing);
  expect(verdict({ scaleProfiles: ["10ken"] })).toEqual(nothing);
  expect(verdict({ address: "aws_eip.nat-a" })).toMatchObject({ violations: ["aws_eip.nat-b"] });
});

test("every exception has a rule, a day and a reason", () => {
  for (const { rule, expires, reason } of exceptions) {
    expect(rules.map(({ id }) => id)).toContain(rule);
    expect(new Date(expires).toISOString()).toBe(`${expires}T00:00:00.000Z`);
    expect(reason.length).toBeGreaterThan(20);
  }
});

// The one test that looks at the clock: it is there to fail one day, so that exceptions are reviewed.
test("no exception has expired", () => {
  const today = new Date().toISOString().slice(0, 10);
  expect(exceptions.filter(({ expires }) => expires < today)).toEqual([]);
});
