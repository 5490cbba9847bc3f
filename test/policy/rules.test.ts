import { describe, expect, test } from "vitest";
import { SynthesisedJson } from "../../synthesis/environment";
import { rules } from "../../policy/index";
import { notApplicable } from "../../policy/not-applicable";
import type { Resources } from "./case";
import { cases } from "./cases";
import { publicIds } from "./public-ids";

const documentOf = (resource: Resources) => new SynthesisedJson({ layer: { resource } });

describe.each(rules.map((rule) => [rule.id, rule] as const))("rule %s", (id, rule) => {
  const given = cases[id];

  test("finds nothing wrong where it is obeyed", () => {
    expect(rule.check(documentOf(given!.passing))).toEqual([]);
  });

  test("finds what violates it, and names a resource that is there", () => {
    const document = documentOf(given!.violating);
    const found = rule.check(document);
    const addresses = document.resources.map(({ address }) => address);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ address }) => !addresses.includes(address))).toEqual([]);
  });

  test("says in sentences what holds, why, and what to do", () => {
    for (const text of [rule.title, rule.reason, rule.fix]) expect(text).toMatch(/^[A-Z].*[^.]$/);
  });
});

test("every rule has an ID of its own, and every case a rule", () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(cases).sort()).toEqual(ids.toSorted());
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
