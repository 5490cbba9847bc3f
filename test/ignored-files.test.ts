import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(__dirname, "..");
const example = readFileSync(resolve(root, "configs/example.yaml"), "utf8");

test("git ignores the keys and credentials that the example names, beside it and in a folder of an environment", () => {
  const named = [...example.matchAll(/(?:certificateFile|privateKeyFile|chainFile|credentialsFile): (\S+)/g)];
  expect(named.length).toBeGreaterThan(4);
  const paths = named.flatMap(([, path = ""]) => [`configs/${path}`, `configs/prod/${path}`]);
  const ignored = execFileSync("git", ["check-ignore", ...paths, "configs/prod.key"], { cwd: root });
  expect(ignored.toString().trim().split("\n")).toEqual([...paths, "configs/prod.key"]);
});
