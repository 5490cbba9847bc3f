import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reference } from "../behaviours/aws/references";
import { openCloud } from "../cloud/file-cloud";
import { canonical } from "../engine/canonical";
import { conform } from "../engine/conform";
import { elementAt } from "../engine/elements";
import { fromWire, toWire } from "../engine/wire";
import type { Block, CtyType } from "../schema/model";
import { SimulatedPlace } from "./simulated-place";

/** Keys that every JavaScript object has, or treats as special, and what escaping turns them into. */
const special = ["__proto__", "___proto__", "____proto__", "constructor", "toString", "hasOwnProperty"];

const key = fc.oneof(fc.string(), fc.constantFrom(...special));
const map = fc.uniqueArray(key).map((keys) => Object.fromEntries(keys.map((name) => [name, `of ${name}`])));
const everySpecial = Object.fromEntries(special.map((name) => [name, `of ${name}`]));

describe("A key that comes from outside", () => {
  it("goes over the wire and back, in maps within maps", () => {
    fc.assert(
      fc.property(fc.dictionary(key, map, { noNullPrototype: true }), (value) => {
        expect(fromWire(toWire(value))).toEqual(value);
        expect(fromWire({ msgpack: new Uint8Array(), json: Buffer.from(JSON.stringify(value)) })).toEqual(
          value,
        );
      }),
      { examples: [[{ ["__proto__"]: everySpecial }]] },
    );
  });

  it("stays in a value that is brought to the shape of its schema", () => {
    const block: Block = { attributes: { tags: { type: ["map", "string"] } }, block_types: {} };
    fc.assert(
      fc.property(map, (tags) => {
        expect(conform(block, { tags })).toEqual({ tags });
      }),
      { examples: [[everySpecial]] },
    );
  });

  it("distinguishes a map from one without it", () => {
    fc.assert(
      fc.property(map, key, (tags, added) => {
        const without = Object.fromEntries(Object.entries(tags).filter(([name]) => name !== added));
        const withIt = { ...without, [added]: "more" };
        expect(canonical(["map", "string"], withIt)).not.toBe(canonical(["map", "string"], without));
      }),
      { examples: [[{}, "__proto__"]] },
    );
  });

  it("is kept in the simulated cloud", () => {
    const directory = mkdtempSync(join(tmpdir(), "keys-"));
    const object = { type: "aws_vpc", id: "vpc-1", createdAt: "2025-01-01T00:00:00Z" };
    openCloud(directory, "aws").put({ ...object, attributes: { tags: everySpecial } });
    expect(openCloud(directory, "aws").get("aws_vpc", "vpc-1")?.attributes).toEqual({ tags: everySpecial });
    rmSync(directory, { recursive: true });
  });
});

describe("A key that was not given", () => {
  it("is not there, whatever it is called", () => {
    const type: CtyType = ["object", Object.fromEntries(special.map((name) => [name, "string"]))];
    const nothing = Object.fromEntries(special.map((name) => [name, null]));
    expect(canonical(type, {})).toBe(canonical(type, nothing));
    expect(conform({ attributes: { one: { type } }, block_types: {} }, { one: {} })).toEqual({
      one: nothing,
    });
    expect(special.map((name) => elementAt({}, name))).toEqual(special.map(() => undefined));
    expect(special.map((name) => reference(`${name}-0123456789abcdef0`))).toEqual(
      special.map(() => undefined),
    );
  });

  it("is no tag to find something by", () => {
    const place = new SimulatedPlace();
    const untagged = place.create("aws_subnet", { cidr_block: "10.0.0.0/24", tags_all: {} });
    const tagged = place.create("aws_subnet", { cidr_block: "10.0.1.0/24", tags_all: everySpecial });
    expect(place.read("aws_subnets", { tags: everySpecial })["ids"]).toEqual([tagged]);
    for (const name of special) {
      const filter = [{ name: `tag:${name}`, values: [`of ${name}`] }];
      expect(place.read("aws_subnets", { filter })["ids"]).toEqual([tagged]);
    }
    expect(place.read("aws_subnets", {})["ids"]).toHaveLength(2);
    expect(untagged).not.toBe(tagged);
    place.end();
  });
});
