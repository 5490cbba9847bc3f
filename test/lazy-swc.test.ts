import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";

const { transformSync } = createRequire(__filename)("../scripts/lazy-swc.cjs") as {
  readonly transformSync: (source: string, options: object) => { readonly code: string };
};
const root = resolve(__dirname, "..");
const name = `compiled-twice-${process.pid}.ts`;
const kept = resolve(root, "node_modules/.cache/edge-orchestrator-aws", name);
const source = "export const answer: number = 1;";

/** As ts-node calls it. */
function compile(text: string, target = "es2022"): string {
  const jsc = { parser: { syntax: "typescript" }, target };
  return transformSync(text, { filename: resolve(root, name), jsc, module: { type: "commonjs" } }).code;
}

afterEach(() => {
  rmSync(kept, { recursive: true, force: true });
});

test("a file is compiled once", () => {
  expect(compile(source)).toContain("const answer = 1;");
  writeFileSync(kept, readFileSync(kept, "utf8").replace("const answer = 1;", "const answer = 2;"));
  expect(compile(source)).toContain("const answer = 2;");
});

test("a file that has changed is compiled again, and so is one for which a setting has", () => {
  compile(source);
  expect(compile(source.replace("1", "3"))).toContain("const answer = 3;");
  expect(compile(source.replace("1", "3"), "es5")).toContain("var answer = 3;");
});

test.each(["", '{"from":', "null"])("a file of which %j was kept is compiled again", (rest) => {
  compile(source);
  writeFileSync(kept, rest);
  expect(compile(source)).toContain("const answer = 1;");
});

test("a file is compiled where nothing can be kept", () => {
  mkdirSync(kept, { recursive: true });
  expect(compile(source)).toContain("const answer = 1;");
});

test("a package of ES modules is loaded where the compiler's own cache cannot be saved", () => {
  const empty = mkdtempSync(join(tmpdir(), "compiler-"));
  const program = `require("ts-node").register({ project: "tsconfig.json" }); require("http-proxy-agent"); console.log("loaded")`;
  const { stdout, stderr } = spawnSync("sh", ["-c", 'ulimit -f 100; exec node -e "$0"', program], {
    ...{ cwd: root, encoding: "utf8" },
    env: { ...process.env, TMPDIR: empty },
  });
  rmSync(empty, { recursive: true });
  expect({ stdout, stderr }).toEqual({ stdout: "loaded\n", stderr: "" });
});
