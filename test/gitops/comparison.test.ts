import { beforeAll, describe, expect, test } from "vitest";
import { type Finding, findingsOf } from "../../gitops/expectations/compare";
import { type Expectation, kinds, type Provision } from "../../gitops/expectations/expectation";
import { damages } from "./damage";
import { findingsFor, synthesisedExamples } from "./synthesised";

function brief({ wave, kind, name, missingKeys = [] }: Finding): string {
  return [wave, kind, name, ...missingKeys].join(" ");
}

describe.each(synthesisedExamples)("configs/example.yaml with $title", (example) => {
  test("provides what its charts expect", () => {
    expect(findingsFor(example).map(brief)).toEqual([]);
  });
});

// What is removed is read in the same way with every release.
describe.each(synthesisedExamples.slice(0, 1))("of $title", (example) => {
  const before: string[] = [];
  beforeAll(() => {
    before.push(...findingsFor(example).map(brief));
  });

  test.each(damages)("$title is found, and nothing else", ({ damage, found }) => {
    const after = findingsFor(example, damage).map(brief);
    expect(after.filter((finding) => !before.includes(finding)).toSorted()).toEqual(found.toSorted());
  });
});

describe("a finding", () => {
  const expectation = (application: string, wave: number, thing: Partial<Expectation> = {}) => ({
    ...{ kind: "secret" as const, name: "a/b", application, wave, source: `values: ${application}` },
    ...thing,
  });
  const find = (expectations: readonly Expectation[], ...provided: Provision[]) =>
    findingsOf({ expectations, made: [] }, provided);

  test.each(kinds)("of the sort %s is there until the thing is", (kind) => {
    const expected = [expectation("app", 7, { kind })];
    expect(find(expected)).toMatchObject([{ kind, name: "a/b", wave: 7 }]);
    expect(find(expected, { kind, name: "a/b", by: "x" })).toEqual([]);
  });

  test("names every application that expects the thing, and the first wave", () => {
    expect(find([expectation("late", 900), expectation("early", 20)])).toEqual([
      { kind: "secret", name: "a/b", expectedBy: ["early", "late"], wave: 20, source: "values: early" },
    ]);
  });

  test("comes before those of later waves", () => {
    const found = find([expectation("late", 900), expectation("early", 20, { name: "c/d" })]);
    expect(found.map(({ wave }) => wave)).toEqual([20, 900]);
  });

  test("names keys that are missing, and what there is", () => {
    const expected = [
      expectation("app", 7, { keys: ["user"] }),
      expectation("other", 9, { keys: ["password"] }),
    ];
    const provided: Provision = { kind: "secret", name: "a/b", keys: ["user"], by: "resource" };
    expect(find(expected, provided)).toMatchObject([
      { missingKeys: ["password"], expectedBy: ["app", "other"], provided: "a/b (user) by resource" },
    ]);
  });

  test("keys that nobody knows before are not missing", () => {
    const expected = [expectation("app", 7, { keys: ["user"] })];
    expect(find(expected, { kind: "secret", name: "a/b", by: "resource" })).toEqual([]);
  });

  test.each([
    ["a Secret in another namespace", { kind: "secret", name: "a/b" }, "x/b"],
    ["a bucket with another prefix", { kind: "bucket", name: "prod-fm-loki-admin" }, "prod-1-fm-loki-admin"],
  ] as const)("shows %s", (_, thing, name) => {
    const provided: Provision = { kind: thing.kind, name, by: "resource" };
    expect(find([expectation("app", 7, thing)], provided)).toMatchObject([
      { provided: `${name} by resource` },
    ]);
  });

  test("a record for every name is one for names with one label", () => {
    const hosts = ["", "api", "a.b"].map((name) => expectation("app", 7, { kind: "host", name }));
    const found = find(hosts, { kind: "host", name: "*", by: "record" });
    expect(found.map(({ name }) => name)).toEqual(["", "a.b"]);
  });
});
