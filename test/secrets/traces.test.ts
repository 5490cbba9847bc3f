import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { holds } from "./traces";
import { unzip } from "./zip";

const core = "abcDEF123+/xyzXYZ789";
const secret = { name: "secret", cores: [core] };
const found = (text: string) => holds(Buffer.from(text), secret);
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("A secret is found", () => {
  test.each([
    ["as it is", `password=${core}!`],
    ["in JSON", JSON.stringify({ password: `"${core}"\n` })],
    [
      "in JSON within JSON within JSON",
      JSON.stringify(JSON.stringify(JSON.stringify({ password: `\n${core}"` }))),
    ],
    ["in base64", base64(core)],
    ["in base64, one byte after its beginning", base64(`x${core}`)],
    ["in base64, two bytes after its beginning", base64(`xx${core}y`)],
    [
      "in JSON within base64 within JSON",
      JSON.stringify({ data: base64(JSON.stringify({ password: core })) }),
    ],
    ["in base64 for URLs", Buffer.from(`key: ${core}>>>???`).toString("base64url")],
    ["in hexadecimal", `0x${Buffer.from(core).toString("hex")}`],
  ])("%s", (_, text) => {
    expect(found(text)).toBe(true);
  });

  test("whichever of its parts it is", () => {
    expect(holds(Buffer.from(core), { name: "two parts", cores: ["0".repeat(16), core] })).toBe(true);
  });
});

test("nothing is found where there is none of it", () => {
  expect(found(`${core.slice(0, -1)} ${base64(core.slice(1))}`)).toBe(false);
});

test("a text that escaping would change, or that is everywhere, is no part to look for", () => {
  for (const cores of [['with "quotes" in it'], ["short"]])
    expect(() => holds(Buffer.from(""), { name: "unfit", cores })).toThrow("choose another");
});

test("a zip file gives its files back, packed and stored", () => {
  const zip = zipped({ "folder/one": [8, "first first first"], two: [0, "second"] });
  const files = unzip(zip);
  expect(Object.entries(files).map(([name, bytes]) => [name, bytes.toString()])).toEqual([
    ["folder/one", "first first first"],
    ["two", "second"],
  ]);
  expect(() => unzip(Buffer.from("no zip file"))).toThrow("no zip file");
});

/** A zip file without what only other programs read: check sums, times, attributes. */
function zipped(files: Readonly<Record<string, readonly [method: number, text: string]>>): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  for (const [name, [method, text]] of Object.entries(files)) {
    const content = method === 0 ? Buffer.from(text) : deflateRawSync(text);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(Buffer.concat(bodies).length, 42);
    entries.push(entry, Buffer.from(name));
    const header = Buffer.alloc(30);
    header.writeUInt16LE(name.length, 26);
    bodies.push(header, Buffer.from(name), content);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(Buffer.concat(bodies).length, 16);
  return Buffer.concat([...bodies, ...entries, end]);
}
