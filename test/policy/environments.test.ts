import { describe, expect, test } from "vitest";
import { scaleProfiles } from "../../lib/layer/environment-schema";
import { exceptions } from "../../policy/exceptions";
import { rules } from "../../policy/index";
import { type Judgement, judge } from "../../policy/judgement";
import { partitions } from "../everything-on";
import { synthesiseEnvironment } from "./environments";

const configs = ["dev", "example", "prod"] as const;
// Before every exception's last day: what today is must not decide whether an environment is sound.
const now = new Date("2026-01-01T00:00:00Z");

const judgements: Judgement[] = [];

describe.each(configs)("configs/%s.yaml", (config) => {
  describe.each(partitions)("in %s", (partition) => {
    test.each(scaleProfiles)("violates no rule for scale profile %s", (scaleProfile) => {
      const { environment, synthesised } = synthesiseEnvironment(config, scaleProfile, partition);
      const judgement = judge({ environment, synthesised, rules, exceptions, now });
      judgements.push(judgement);
      expect(
        judgement.violations.map(
          ({ rule, layer, address, message }) => `${rule.id}: ${layer} ${address}: ${message}`,
        ),
      ).toEqual([]);
    });
  });
});

test("every exception covers a violation somewhere", () => {
  const used = new Set(judgements.flatMap(({ excepted }) => excepted.map(({ exception }) => exception)));
  expect(exceptions.filter((exception) => !used.has(exception))).toEqual([]);
});
