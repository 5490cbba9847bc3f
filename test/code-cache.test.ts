import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const codeCache = resolve(__dirname, "../scripts/code-cache.cjs");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "code-cache-"));
  writeFileSync(join(folder, "compiler.json"), "{}");
  program('console.log(require("./part").answer)');
  writeFileSync(join(folder, "part.js"), "exports.answer = 1;");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program that keeps what is compiled of its files. */
function program(text: string): void {
  writeFileSync(join(folder, "main.cjs"), text);
  const begun = `require(${JSON.stringify(codeCache)}).keepCompiled(__dirname + "/kept", [__dirname + "/compiler.json"]);`;
  writeFileSync(join(folder, "program.cjs"), `${begun}\nrequire("./main.cjs");`);
}

function run(...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, "program.cjs"), ...args], {
    encoding: "utf8",
  });
  return `${stdout}${stderr}`.trim();
}

const kept = () => readdirSync(join(folder, "kept"));

/** Whether another run takes everything as it was kept: then it writes nothing. */
function isTaken(...args: readonly string[]): boolean {
  const path = join(folder, "kept", kept()[0] ?? "");
  utimesSync(path, 1, 1);
  run(...args);
  return statSync(path).mtimeMs === 1000;
}

test("a file that changes is loaded as it is, also with the same length and the times of a package", () => {
  expect(run()).toBe("1");
  const { mtime } = statSync(join(folder, "part.js"));
  writeFileSync(join(folder, "part.js"), "exports.answer = 2;");
  utimesSync(join(folder, "part.js"), mtime, mtime);
  expect(run()).toBe("2");
});

test("a file has what Node gives it", () => {
  program(`#!/usr/bin/env node
    import("node:path").then(({ sep }) => {
      console.log([
        sep, typeof require.resolve("./part"), require.resolve.paths("x").length > 0, require.main.filename.endsWith("program.cjs"),
        require.cache[__filename] === module, module.parent.filename === require.main.filename, this === exports, __dirname.length > 0,
      ].join());
    });`);
  for (const way of ["compiled", "kept"]) expect(run(), way).toBe("/,string,true,true,true,true,true,true");
});

test("an error names the file and its line", () => {
  program("\nthrow new Error('broken');");
  for (const way of ["compiled", "kept"]) expect(run(), way).toContain(join(folder, "main.cjs:2"));
  program("\nconst = 1;");
  expect(run()).toContain(join(folder, "main.cjs:2"));
});

test("where nothing can be kept, a program runs as well", () => {
  writeFileSync(join(folder, "kept"), "");
  expect(run()).toBe("1");
});

test("a program that is none of ours keeps nothing", () => {
  writeFileSync(join(folder, "other.mjs"), 'import "./program.cjs";');
  spawnSync(process.execPath, [join(folder, "other.mjs")]);
  expect(existsSync(join(folder, "kept"))).toBe(false);
});

describe.skipIf("enableCompileCache" in Module)("below Node 22.1", () => {
  test("what one run has compiled is taken by the next, and by one that loads something else", () => {
    program('console.log(require(process.argv[2] ?? "./part").answer)');
    writeFileSync(join(folder, "other.js"), "exports.answer = 3;");
    expect(run()).toBe("1");
    expect(kept()).toEqual(["program.cjs.v8"]);
    expect(isTaken()).toBe(true);
    expect(isTaken("./other")).toBe(false);
    expect(isTaken("./other")).toBe(true);
    expect(isTaken()).toBe(true);
    expect(run()).toBe("1");

    rmSync(join(folder, "other.js"));
    writeFileSync(join(folder, "another.js"), "exports.answer = 4;");
    expect(run("./another")).toBe("4");
    const file = readFileSync(join(folder, "kept/program.cjs.v8"), "latin1");
    expect([file.includes("/part.js"), file.includes("/other.js")]).toEqual([true, false]);
  });

  test("nothing of another compiler is taken", () => {
    run();
    writeFileSync(join(folder, "compiler.json"), "{ }");
    expect(isTaken()).toBe(false);
  });

  test.each([0, 3, 100, 900])("what is cut off after %i bytes is compiled again", (length) => {
    run();
    truncateSync(join(folder, "kept/program.cjs.v8"), length);
    expect(run()).toBe("1");
    expect(isTaken()).toBe(true);
  });

  test("what cannot be replaced leaves no other file", () => {
    mkdirSync(join(folder, "kept/program.cjs.v8"), { recursive: true });
    expect(run()).toBe("1");
    expect(kept()).toEqual(["program.cjs.v8"]);
  });

  test("a folder that is read-only stays as it is", () => {
    mkdirSync(join(folder, "kept"));
    chmodSync(join(folder, "kept"), 0o500);
    expect(run()).toBe("1");
    if (process.getuid?.() !== 0) expect(kept()).toEqual([]);
  });
});

test("a stack trace has the lines of TypeScript", () => {
  const loader = resolve(__dirname, "../scripts/load-typescript.cjs");
  writeFileSync(join(folder, "program.cjs"), `require(${JSON.stringify(loader)}); require("./part.ts");`);
  const source = "interface Gone {\n  readonly here: string;\n}\n\nexport const found: Gone = missing();\n";
  writeFileSync(join(folder, "part.ts"), source);
  expect(run()).toContain(join(folder, "part.ts:5"));
  expect(readFileSync(join(folder, "part.ts"), "utf8")).toBe(source);
});
