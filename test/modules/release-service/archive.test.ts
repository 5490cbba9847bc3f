import { expect, test } from "vitest";
import { zip } from "../../../modules/release-service/proxy/archive";
import { proxyCode } from "../../../modules/release-service/proxy/code";

/** What Python's zipfile makes of the same file: stored, of 1980, from Unix, with the mode 0644. */
const expected = [
  "504b030414000000000000002100575a363b0f0000000f00000008000000696e6465782e6a736578706f7274",
  "732e78203d20313b0a504b0102140314000000000000002100575a363b0f0000000f00000008000000000000",
  "0000000000a48100000000696e6465782e6a73504b0506000000000100010036000000350000000000",
].join("");

test("makes the archive that others make of the same file", () => {
  expect(zip({ "index.js": "exports.x = 1;\n" }).toString("hex")).toBe(expected);
});

test("packs the proxy the same way every time, with the file that Lambda calls", () => {
  expect(proxyCode()).toEqual(proxyCode());
  expect(proxyCode().includes("index.js")).toBe(true);
});
