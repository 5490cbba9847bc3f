import { describe, expect, test } from "vitest";
import { z } from "zod";
import { repeatedEntries } from "../lib/environment/repeated-entries";

const list = z.array(z.string());
const equal = ["a", "a"];

/** The places of the entries that are equal to earlier ones. */
const places = (schema: z.ZodType, value: unknown) =>
  repeatedEntries(schema, value, []).map(({ path }) => path.join("."));

test.each([
  ["readonly", list.readonly()],
  ["nullable", list.nullable()],
  ["caught", list.catch([])],
  ["lazy", z.lazy(() => list)],
  ["transformed", list.transform((entries) => entries.length)],
  ["preprocessed", z.preprocess((value) => value, list)],
  ["piped", z.unknown().pipe(list)],
  ["intersected", z.intersection(z.array(z.unknown()), list)],
])("equal entries of a list that is %s are found once", (_form, schema) => {
  expect(places(z.strictObject({ list: schema }), { list: equal })).toEqual(["list.1"]);
});

test("equal entries are found in a list of a tuple, of its rest, of a free key and of both sides of an intersection", () => {
  expect(places(z.tuple([z.string(), list]), ["a", equal])).toEqual(["1.1"]);
  expect(places(z.tuple([z.string()], list), ["a", equal])).toEqual(["1.1"]);
  expect(places(z.tuple([z.string()], z.string()), equal)).toEqual([]);
  expect(places(z.object({}).catchall(list), { any: equal })).toEqual(["any.1"]);
  const both = z.intersection(z.looseObject({ a: list }), z.looseObject({ b: list }));
  expect(places(both, { a: equal, b: equal })).toEqual(["a.1", "b.1"]);
});

describe("the same value in another notation is found", () => {
  test.each([
    ["IPv6 address", z.ipv6(), ["2001:db8::1", "2001:DB8:0::1"]],
    ["URL", z.url(), ["https://example.com", "HTTPS://Example.com:443/"]],
    ["MAC address", z.mac(), ["00:1a:2b:3c:4d:5e", "00:1A:2B:3C:4D:5E"]],
    ["optional range", z.cidrv6().optional(), ["2001:db8::/32", "2001:DB8::/32"]],
  ])("of an %s, in a list and in a map of a list", (_kind, schema, [one = "", other = ""]) => {
    expect(places(z.array(schema), [one, other])).toEqual(["1"]);
    const entry = z.strictObject({ name: z.string(), at: schema });
    const named = (at: string, name = "a") => ({ at, name });
    expect(places(z.array(entry), [named(one), named(other)])).toEqual(["1"]);
    expect(places(z.array(entry), [named(one), named(other, "b")])).toEqual([]);
  });
});
