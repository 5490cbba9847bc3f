import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type ICruiseResult, cruise, type IConfiguration } from "dependency-cruiser";
import { ESLint } from "eslint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(__dirname, "..");
const provision = "scripts/provision";

/** Files that import what they must not, and the rule that each breaks. */
const forbidden = [
  ["rehearsal/probe.ts", "modules/index.ts", "rehearsal-imports-what-is-below-it"],
  ["rehearsal/probe.ts", "lib/errors.ts", "rehearsal-imports-what-is-below-it"],
  ["lib/probe.ts", `${provision}/run/run.ts`, "lib-imports-what-is-below-it"],
  ["lib/layer/probe.ts", "lib/environment/environment.ts", "rooms-of-lib-stand-on-layer"],
  ["lib/constructs/probe.ts", "lib/aws-facts/subnets.ts", "rooms-of-lib-are-apart"],
  ["modules/eks/probe.ts", "modules/vpc/settings.ts", "a-layer-is-imported-by-its-declaration"],
  ["modules/eks/probe.ts", "main.ts", "modules-imports-what-is-below-it"],
  ["gitops/probe.ts", "modules/index.ts", "gitops-imports-what-is-below-it"],
  ["synthesis/probe.ts", "policy/rule.ts", "synthesis-imports-what-is-below-it"],
  ["policy/probe.ts", "modules/index.ts", "policy-imports-what-is-below-it"],
  ["policy/probe.ts", `${provision}/screen/screen.ts`, "policy-imports-what-is-below-it"],
  ["capacity/probe.ts", "policy/rule.ts", "capacity-imports-what-is-below-it"],
  ["main.ts", `${provision}/run/run.ts`, "main-is-below-scripts"],
  ["scripts/probe.ts", "test/probe.ts", "nothing-imports-tests"],
  [`${provision}/world/probe.ts`, `${provision}/run/run.ts`, "world-imports-what-is-below-it"],
  [`${provision}/command-line/probe.ts`, `${provision}/run/run.ts`, "command-line-imports-what-is-below-it"],
  [`${provision}/screen/probe.ts`, `${provision}/run/run.ts`, "screen-imports-what-is-below-it"],
  [`${provision}/run/probe.ts`, `${provision}/terraform/terraform.ts`, "run-imports-what-is-below-it"],
  [`${provision}/terraform/probe.ts`, `${provision}/aws/cli.ts`, "terraform-imports-what-is-below-it"],
  [`${provision}/aws/probe.ts`, `${provision}/terraform/terraform.ts`, "aws-imports-what-is-below-it"],
  [`${provision}/tunnel/probe.ts`, `${provision}/runner/walk.ts`, "tunnel-imports-what-is-below-it"],
  [`${provision}/kubernetes/probe.ts`, `${provision}/runner/walk.ts`, "kubernetes-imports-what-is-below-it"],
  [`${provision}/tunnel/probe.ts`, `${provision}/kubernetes/token.ts`, "tunnel-imports-what-is-below-it"],
  [`${provision}/runner/probe.ts`, `${provision}/commands/index.ts`, "runner-imports-what-is-below-it"],
  [
    `${provision}/commands/plan/probe.ts`,
    `${provision}/commands/apply/apply.ts`,
    "a-command-is-imported-by-its-index",
  ],
  [
    `${provision}/commands/probe.ts`,
    `${provision}/commands/apply/apply.ts`,
    "a-one-file-command-imports-others-by-their-index",
  ],
  [`${provision}/commands/plan/probe.ts`, `${provision}/start.ts`, "commands-import-rooms-and-what-computes"],
  [`${provision}/commands/plan/probe.ts`, "modules/eks/layer.ts", "commands-import-rooms-and-what-computes"],
  [
    `${provision}/commands/plan/probe.ts`,
    `${provision}/world/real.ts`,
    "the-real-world-is-chosen-at-the-entry",
  ],
  ["modules/eks/probe.ts", "modules/index.ts", "a-layer-does-not-know-the-list"],
  ["modules/eks/test/probe.ts", `${provision}/run/run.ts`, "modules-imports-what-is-below-it"],
  ["capacity/probe.ts", "node_modules/cli-table3/index.ts", "one-table"],
] as const;

/** Files that import what they may. */
const allowed = [
  ["modules/eks/fine.ts", "modules/vpc/layer.ts"],
  ["capacity/fine.ts", "synthesis/environment.ts"],
  ["lib/table.ts", "node_modules/cli-table3/index.ts"],
  [`${provision}/terraform/fine.ts`, "synthesis/folder.ts"],
  [`${provision}/runner/fine.ts`, `${provision}/terraform/terraform.ts`],
  [`${provision}/commands/plan/fine.ts`, `${provision}/commands/apply/index.ts`],
  [`${provision}/world/product.ts`, "main.ts"],
] as const;

/** A repository of nothing but those files. */
let scratch: string;
let violations: readonly string[];

function write(path: string, text: string): void {
  mkdirSync(dirname(join(scratch, path)), { recursive: true });
  writeFileSync(join(scratch, path), text, { flag: "a" });
}

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "import-rules-"));
  for (const [index, [from, to]] of [...forbidden, ...allowed].entries()) {
    const up = "../".repeat(from.split("/").length - 1) || "./";
    write(from, `import type { T as T${index} } from "${up}${to.replace(/\.ts$/, "")}";\n`);
    write(to, "");
  }
  // The rules of this repository, as lint reads them.
  const { forbidden: rules } = createRequire(__filename)("../.dependency-cruiser.cjs") as IConfiguration;
  const { output } = await cruise(["."], {
    ...{ baseDir: scratch, tsPreCompilationDeps: true, validate: true },
    ruleSet: { forbidden: rules ?? [] },
  });
  // The default reporter gives an object.
  violations = (output as ICruiseResult).summary.violations.map(
    ({ from, to, rule }) => `${from} -> ${to}: ${rule.name}`,
  );
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe("an import against the rules is refused", () => {
  test.each(forbidden)("%s -> %s", (from, to, rule) => {
    expect(violations).toContain(`${from} -> ${to}: ${rule}`);
  });
});

test("imports by the rules are accepted", () => {
  for (const [from, to] of allowed)
    expect(violations.filter((violation) => violation.startsWith(`${from} -> ${to}`))).toEqual([]);
});

describe("side effects outside scripts/provision/world are refused", () => {
  const eslint = new ESLint({
    cwd: root,
    // The probe is no file of the project, and these rules need no types.
    overrideConfig: [{ languageOptions: { parserOptions: { projectService: false } } }],
    ruleFilter: ({ ruleId }) => /no-restricted-/.test(ruleId),
  });
  const refused = async (path: string, text: string) => {
    const [result] = await eslint.lintText(text, { filePath: join(root, path) });
    return (result?.messages ?? []).map(({ ruleId }) => ruleId);
  };

  test.each([
    "Date.now();",
    "new Date();",
    "Math.random();",
    "performance.now();",
    "setTimeout(() => undefined, 1);",
    "setInterval(() => undefined, 1);",
    'void fetch("https://example.com");',
    "console.log(1);",
    "process.exit(1);",
    'import { readFileSync } from "node:fs"; readFileSync("x");',
    'import { connect } from "tls"; connect(1);',
    'import { randomBytes } from "node:crypto"; randomBytes(1);',
    'import process from "node:process"; process.exit(1);',
    'import { createRequire } from "node:module"; createRequire("x");',
    'import { STSClient } from "@aws-sdk/client-sts"; new STSClient({});',
    'import { Client } from "pg"; new Client();',
    'void import("node:fs");',
    "globalThis.process.exit(1);",
  ])("in scripts/provision: %s", async (text) => {
    expect(await refused(`${provision}/run/probe.ts`, text)).not.toEqual([]);
    expect(await refused(`${provision}/world/probe.ts`, text)).toEqual([]);
  });

  test.each(["lib", "modules/vpc", "gitops", "synthesis", "policy", "capacity"])(
    "no clock and no chance in %s",
    async (folder) => {
      expect(await refused(`${folder}/probe.ts`, "Date.now();")).not.toEqual([]);
      expect(await refused(`${folder}/probe.ts`, "Math.random();")).not.toEqual([]);
      expect(await refused(`${folder}/probe.ts`, "crypto.randomUUID();")).not.toEqual([]);
      expect(await refused(`${folder}/probe.ts`, "process.env;")).not.toEqual([]);
      expect(await refused(`${folder}/probe.ts`, 'void fetch("https://example.com");')).not.toEqual([]);
      expect(
        await refused(`${folder}/probe.ts`, 'import { readFileSync } from "fs"; readFileSync("x");'),
      ).not.toEqual([]);
      expect(await refused(`${folder}/probe.ts`, "new Date(0);")).toEqual([]);
    },
  );

  test("the barrel of a provider is refused, and cdktf outside lib and modules", async () => {
    const barrel = 'import { Vpc } from "@cdktf/provider-aws"; new Vpc();';
    expect(await refused("modules/vpc/probe.ts", barrel)).not.toEqual([]);
    expect(await refused("capacity/probe.ts", 'import { Fn } from "cdktf"; Fn.abs(1);')).not.toEqual([]);
  });
});
