import { describe, expect, it } from "vitest";
import { canonical } from "../engine/canonical";
import { conform } from "../engine/conform";
import { Dynamic } from "../engine/dynamic";
import type { Behaviour } from "../engine/behaviour";
import { planChange } from "../engine/plan";
import type { Knowledge, ProviderDefinition } from "../engine/provider-definition";
import type { ResourceType } from "../engine/resource-type";
import { unknownValue } from "../engine/unknown";
import { fromWire, toWire } from "../engine/wire";
import type { Block } from "../schema/model";

const rule: Block = {
  attributes: {
    port: { type: "number", required: true },
    id: { type: "string", computed: true },
    note: { type: "string", optional: true, computed: true },
  },
  block_types: {},
};

const block: Block = {
  attributes: {
    id: { type: "string", computed: true },
    name: { type: "string", required: true },
    size: { type: "number", optional: true },
    version: { type: "number", computed: true },
    zones: { type: ["set", "string"], optional: true },
    secret: { type: "string", optional: true, write_only: true },
    tags: { type: ["map", "string"], optional: true },
    tags_all: { type: ["map", "string"], optional: true, computed: true },
  },
  block_types: {
    rule: { nesting_mode: "set", block: rule },
    option: {
      nesting_mode: "list",
      block: { attributes: { mode: { type: "string", optional: true } }, block_types: {} },
    },
  },
};

const definition: ProviderDefinition = {
  name: "toy",
  legacyTypeSystem: true,
  behaviour: () => undefined,
  dataSource: () => undefined,
  knowledge: () => undefined,
  checkValues: () => [],
  configure: () => ({ partition: "aws", region: "r", account: "a", defaultTags: {}, diagnostics: [] }),
  fallback: () => null,
};

function toy(behaviour: Behaviour = {}, knowledge: Knowledge = {}): ResourceType {
  const cloud = {
    get: () => undefined,
    put: () => undefined,
    claim: () => true,
    remove: () => undefined,
    list: () => [],
    all: () => [],
    keysIn: () => [],
    empty: () => undefined,
  };
  const place = { partition: "aws", region: "r", account: "a", defaultTags: { team: "edge" } };
  const context = (id: string) => ({ ...place, cloud, type: "toy", id, hash: () => "0" });
  return { name: "toy", block, behaviour, knowledge, definition, context };
}

const of = (values: object) => conform(block, { name: "n", ...values })!;

describe("A planned create", () => {
  const create = (type: ResourceType, values: object) =>
    planChange(type, { prior: null, planned: of(values), config: of(values) }).planned!;

  it("leaves computed values open and configured ones alone", () => {
    expect(create(toy(), { size: 3 })).toMatchObject({
      id: unknownValue,
      version: unknownValue,
      name: "n",
      size: 3,
    });
  });

  it("leaves computed values of nested blocks open", () => {
    expect(create(toy(), { rule: [{ port: 1 }] })["rule"]).toEqual([
      { port: 1, id: unknownValue, note: unknownValue },
    ]);
  });

  it("merges the provider's tags with the resource's", () => {
    expect(create(toy(), { tags: { team: "web", a: "b" } })["tags_all"]).toEqual({ team: "web", a: "b" });
    expect(create(toy(), {})["tags_all"]).toEqual({ team: "edge" });
    expect(create(toy(), { tags: { a: unknownValue } })["tags_all"]).toBe(unknownValue);
  });

  it("keeps no write-only value", () => {
    expect(create(toy(), { secret: "s" })["secret"]).toBeNull();
  });

  it("fills in learned defaults where nothing is configured", () => {
    const type = toy({}, { defaults: { size: 20 } });
    expect(create(type, {})["size"]).toBe(20);
    expect(create(type, { size: 3 })["size"]).toBe(3);
  });

  it("leaves blocks open that the service fills in, unless they are configured", () => {
    const type = toy({}, { computedBlocks: ["option"] });
    expect(create(type, {})["option"]).toBe(unknownValue);
    expect(create(type, { option: [{ mode: "m" }] })["option"]).toEqual([{ mode: "m" }]);
  });

  it("returns a set with an unknown element as unknown, as the old SDK does", () => {
    expect(create(toy(), { zones: ["a", unknownValue] })["zones"]).toBe(unknownValue);
  });

  it("shows values that the service is known to choose", () => {
    const type = toy({ planned: ({ name }) => ({ id: `id-${String(name)}`, name: "never" }) });
    expect(create(type, {})).toMatchObject({ id: "id-n", name: "n" });
  });
});

describe("A planned update", () => {
  const prior = of({
    id: "1",
    version: 7,
    zones: ["a", "b"],
    tags_all: { team: "edge" },
    rule: [
      { port: 1, id: "r1", note: "x" },
      { port: 2, id: "r2", note: "y" },
    ],
  });
  const update = (type: ResourceType, values: object) =>
    planChange(type, { prior, planned: { ...prior, ...values }, config: of(values) });

  it("is none when only the order of sets differs", () => {
    expect(update(toy(), { zones: ["b", "a"] })).toEqual({ planned: prior, replace: [] });
  });

  it("pairs elements of a set of blocks with their earlier selves", () => {
    const rules = [
      { port: 2, id: null, note: null },
      { port: 1, id: null, note: null },
    ];
    expect(update(toy(), { rule: rules }).planned).toBe(prior);
  });

  it("leaves open only what is new in a set of blocks", () => {
    const rules = [
      { port: 1, id: null, note: null },
      { port: 3, id: null, note: null },
    ];
    expect(update(toy(), { rule: rules }).planned?.["rule"]).toEqual([
      { port: 1, id: "r1", note: "x" },
      { port: 3, id: unknownValue, note: unknownValue },
    ]);
  });

  it("keeps computed values, but for those that every change changes", () => {
    expect(update(toy(), { size: 3 }).planned?.["version"]).toBe(7);
    expect(update(toy({ recomputed: ["version"] }), { size: 3 }).planned?.["version"]).toBe(unknownValue);
  });

  it("replaces the object when a value changes that cannot be changed", () => {
    const type = toy({ forceNew: ["name", "zones"] });
    expect(update(type, { name: "other", zones: ["b", "a"] }).replace).toEqual(["name"]);
    expect(update(type, { size: 3 }).replace).toEqual([]);
  });

  it("replaces the object when such a value changes inside a block", () => {
    const type = toy({}, { forceNew: ["option.mode"] });
    expect(update(type, { option: [{ mode: "m" }] }).replace).toEqual(["option"]);
  });
});

describe("Values on the wire", () => {
  it("come back as they went, unknown and dynamic ones too", () => {
    const manifest = new Dynamic(["object", { kind: "string" }], { kind: "ConfigMap" });
    const value = { a: [1, null, unknownValue], manifest, nested: { b: true } };
    expect(fromWire(toWire(value))).toEqual(value);
  });

  it("have one text for each meaning", () => {
    expect(canonical(["set", "string"], ["b", "a"])).toBe(canonical(["set", "string"], ["a", "b"]));
    expect(canonical(["list", "string"], ["b", "a"])).not.toBe(canonical(["list", "string"], ["a", "b"]));
    expect(canonical(["map", "number"], { x: 1, y: 2 })).toBe(canonical(["map", "number"], { y: 2, x: 1 }));
    expect(canonical(["object", { x: "string" }], {})).toBe(
      canonical(["object", { x: "string" }], { x: null }),
    );
  });

  it("are brought to the shape of the schema", () => {
    expect(conform(rule, { port: 1, gone: true })).toEqual({ port: 1, id: null, note: null });
    expect(of({})).toMatchObject({ rule: [], option: [], zones: null });
  });
});
