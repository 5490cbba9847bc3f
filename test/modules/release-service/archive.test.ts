import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archive, proxyCode } from "../../../modules/release-service/proxy/code";

/** What Python's zipfile writes for the same file: stored, of 1980, from Unix, with the mode 0644. */
const expected = [
  "504b030414000000000000002100575a363b0f0000000f00000008000000696e6465782e6a736578706f7274",
  "732e78203d20313b0a504b0102140314000000000000002100575a363b0f0000000f00000008000000000000",
  "0000000000a48100000000696e6465782e6a73504b0506000000000100010036000000350000000000",
].join("");

test("the archive is the same as that of other programs", () => {
  expect(archive(new Map([["index.js", "exports.x = 1;\n"]])).toString("hex")).toBe(expected);
});

test("the archive of the proxy contains the handler's file", () => {
  expect(proxyCode().includes("index.js")).toBe(true);
});

test.each(["Asia/Tokyo", "America/Los_Angeles"])(
  "the archive has the same bytes in the time zone %s",
  (TZ) => {
    const root = join(__dirname, "../../..");
    const script =
      'process.stdout.write(require("./modules/release-service/proxy/code").proxyCode().toString("hex"))';
    const node = ["-r", "ts-node/register", "-e", script];
    const printed = execFileSync(process.execPath, node, { cwd: root, env: { ...process.env, TZ } });
    expect(printed.toString()).toBe(proxyCode().toString("hex"));
  },
);
