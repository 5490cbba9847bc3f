import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SynthesisedJson } from "../../synthesis/environment";
import { rules } from "../../policy/index";
import { builtInDataSources, builtInTypes } from "../resource-types";
import { checkovChecks } from "./checkov-checks";
import { notApplicable } from "./not-applicable";
import type { Resources } from "./case";
import { cases } from "./cases";
import { publicIds } from "./public-ids";
import { reportedByCheckov } from "./reported-by-checkov";

const layerOf = (given: Resources) => {
  const all = Object.entries(given);
  const data = all.filter(([type]) => type.startsWith("data."));
  return {
    provider: { aws: [{ allowed_account_ids: ["111122223333"] }] },
    resource: Object.fromEntries(all.filter(([type]) => !type.startsWith("data."))),
    data: Object.fromEntries(data.map(([type, named]) => [type.replace(/^data\./, ""), named])),
  };
};
const synthesisedOf = (given: Resources) => new SynthesisedJson({ layer: layerOf(given) });

describe.each(rules.map((rule) => [rule.id, rule] as const))("rule %s", (id, rule) => {
  const given = cases[id];

  test("finds nothing in resources that obey it", () => {
    expect(rule.check(synthesisedOf(given.passing))).toEqual([]);
  });

  test("finds violations, and names an existing resource", () => {
    // A list of resources by type is none of its entries.
    const violating = Array.isArray(given.violating)
      ? (given.violating as readonly Resources[])
      : [given.violating as Resources];
    for (const resources of violating) {
      const synthesised = synthesisedOf(resources);
      const found = rule.check(synthesised);
      const addresses = [...synthesised.resources, ...synthesised.reads].map(({ address }) => address);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter(({ address }) => !addresses.includes(address))).toEqual([]);
    }
  });

  test("states the finding, the reason and the fix as sentences", () => {
    for (const text of [rule.title, rule.reason, rule.fix]) expect(text).toMatch(/^[A-Z].*[^.]$/);
  });
});

test("every rule has an ID of its own, and every case a rule", () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(cases).sort()).toEqual(ids.toSorted());
});

const folder = join(__dirname, "../../policy/rules");
const topics = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

test("rules are in one file a topic, and the topics are few", () => {
  expect(topics.length).toBeGreaterThan(0);
  expect(topics.length).toBeLessThanOrEqual(40);
});

test.each(topics)("every rule of %s judges", async (topic) => {
  const file = join(folder, topic);
  const exported: Readonly<Record<string, readonly unknown[]>> = await import(file);
  const own = Object.values(exported).flat();
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter((rule) => !rules.some((judging) => judging === rule))).toEqual([]);
});

test("every public check is covered by a rule, or listed as not applicable with a reason", () => {
  const covered = new Set([...rules, ...notApplicable].flatMap((entry) => entry.publicIds));
  const wanted = new Set(Object.values(publicIds).flat());
  expect([...wanted].filter((id) => !covered.has(id))).toEqual([]);
  expect([...covered].filter((id) => !wanted.has(id))).toEqual([]);
});

test("no public check is both covered and not applicable", () => {
  const covered = rules.flatMap((rule) => rule.publicIds);
  expect(notApplicable.flatMap((entry) => entry.publicIds).filter((id) => covered.includes(id))).toEqual([]);
});

describe("the checks of checkov", () => {
  const answered = [...rules, ...notApplicable].flatMap((entry) => entry.publicIds);
  const sources = builtInDataSources();

  test("on types in use each have a rule, or are not applicable with a reason", () => {
    const inUse = new Set([...builtInTypes(), ...sources]);
    const wanted = [...checkovChecks].filter(([, types]) => types.some((type) => inUse.has(type)));
    expect(wanted.length).toBeGreaterThan(100);
    expect(wanted.map(([id]) => id).filter((id) => !answered.includes(id))).toEqual([]);
  });

  test.each(Object.entries(reportedByCheckov))(
    "%s report nothing that no rule with their ID reports",
    (id, given) => {
      const judging = rules.filter(({ publicIds: ids }) => ids.includes(id));
      expect(judging.flatMap((rule) => rule.check(synthesisedOf(given)))).not.toEqual([]);
    },
  );

  test("are named only if they exist, and judge more than data sources that no layer reads", () => {
    const isIdle = (id: string) =>
      checkovChecks.get(id)?.every((type) => type.startsWith("data.") && !sources.includes(type)) ?? true;
    expect(answered.filter((id) => id.startsWith("CKV") && isIdle(id))).toEqual([]);
  });
});
