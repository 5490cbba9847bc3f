import { expect, test } from "vitest";
import { caseOf, phases } from "../../scripts/chaos/case";
import { kindNames } from "../../scripts/chaos/kinds";
import { readOptions } from "../../scripts/chaos/options";

const cases = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => caseOf(first + index));

test("a seed is the same case every time, and another seed another moment", () => {
  expect(caseOf(17)).toEqual(caseOf(17));
  expect(new Set(cases(1, 100).map(({ moment }) => moment)).size).toBe(100);
});

test("three hundred cases are of every kind in every phase, and ten of them of all layers", () => {
  const found = cases(1, 300);
  const pairs = new Set(found.map(({ kind, phase }) => `${kind} ${phase}`));
  expect(pairs.size).toBe(kindNames.length * phases.length);
  expect(found.filter(({ all }) => all)).toHaveLength(10);
});

test("moments are spread over the whole of a run", () => {
  const moments = cases(1, 300).map(({ moment }) => moment);
  for (const tenth of Array.from({ length: 10 }, (_, index) => index))
    expect(moments.filter((moment) => Math.floor(moment * 10) === tenth).length).toBeGreaterThan(15);
});

test("one kind alone meets every phase", () => {
  const found = Array.from({ length: 6 }, (_, seed) => caseOf(seed, ["full"]));
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(["full"]));
  expect(new Set(found.map(({ phase }) => phase)).size).toBe(3);
});

test("a run that was ended goes on at a seed, up to the same last one", () => {
  expect(readOptions(["--runs", "300", "--seed", "5", "--from", "120"]).seeds).toEqual({
    from: 120,
    to: 305,
  });
});

test.each([
  [["--runs", "0"], '--runs is "0", not a number above 0'],
  [["--only", "flood"], '--only is "flood", which is no kind'],
  [["--wrong"], "Unknown option"],
])("%j is refused", (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
