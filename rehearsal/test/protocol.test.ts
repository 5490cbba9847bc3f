import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "../protocol/decode";
import { encode } from "../protocol/encode";
import type { Message } from "../protocol/message";

const Inner = { text: [1, "string"] } as const satisfies Message;
const Everything = {
  text: [1, "string"],
  bytes: [2, "bytes"],
  flag: [3, "bool"],
  number: [4, "int64"],
  inner: [5, Inner],
  texts: [6, "string", "repeated"],
  inners: [7, Inner, "repeated"],
  map: [16, Inner, "map"],
} as const satisfies Message;

describe("The protobuf codec", () => {
  it("writes the bytes of the protobuf documentation's examples", () => {
    expect(encode({ a: [1, "int64"] }, { a: 150 }).toString("hex")).toBe("089601");
    expect(encode({ b: [2, "string"] }, { b: "testing" }).toString("hex")).toBe("120774657374696e67");
    expect(encode({ c: [3, { a: [1, "int64"] }] }, { c: { a: 150 } }).toString("hex")).toBe("1a03089601");
  });

  it("reads back what it wrote", () => {
    const text = fc.string({ unit: "grapheme" });
    const inner = fc.record({ text });
    const message = fc.record({
      text,
      bytes: fc.uint8Array(),
      flag: fc.boolean(),
      number: fc.nat(Number.MAX_SAFE_INTEGER),
      inner,
      texts: fc.array(text),
      inners: fc.array(inner),
      map: fc.dictionary(fc.oneof(text, fc.constantFrom("__proto__", "constructor")), inner, {
        noNullPrototype: true,
      }),
    });
    fc.assert(
      fc.property(message, (written) => {
        const read = decode(Everything, encode(Everything, written));
        expect({ ...read, bytes: Uint8Array.from(read.bytes) }).toEqual(written);
      }),
    );
  });

  it("keeps a key that JavaScript treats as special", () => {
    const written = { map: { ["__proto__"]: { text: "kept" }, constructor: { text: "kept too" } } };
    expect(Object.entries(decode(Everything, encode(Everything, written)).map)).toEqual(
      Object.entries(written.map),
    );
  });

  it("gives absent fields their defaults", () => {
    expect(decode(Everything, new Uint8Array())).toEqual({
      text: "",
      bytes: new Uint8Array(),
      flag: false,
      number: 0,
      texts: [],
      inners: [],
      map: {},
    });
  });

  it("skips fields that it does not know", () => {
    const bytes = Buffer.concat([
      encode({ later: [99, "string"] }, { later: "x" }),
      encode(Inner, { text: "here" }),
    ]);
    expect(decode(Inner, bytes)).toEqual({ text: "here" });
  });

  it("refuses a message that ends too early", () => {
    const bytes = encode(Inner, { text: "cut short" });
    expect(() => decode(Inner, bytes.subarray(0, 5))).toThrow(
      "Cannot decode message: it ends inside a field",
    );
    expect(() => decode(Inner, Uint8Array.of(0x08, 0x80))).toThrow("it ends inside a number");
  });
});
