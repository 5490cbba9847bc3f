import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, test } from "vitest";
import { capacityReport } from "../../capacity/report";
import type { AnyLayer } from "../../lib/layer/layer";
import { synthesise } from "../../main";
import { deployerRights } from "../../policy/deployer/index";
import { readEnvironment } from "../../synthesis/read";
import { layerContract } from "../layer-contract";
import { loadConfig } from "../synth";
import { codeBlocks, root } from "./code-blocks";

const guide = "docs/guides/adding-a-layer.md";
const blocks = codeBlocks(guide);

/** The repository after following the guide: its folders, and `modules/` with the files that the guide adds. */
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "guide-")));
const modules = join(scratch, "modules");
mkdirSync(modules);
for (const name of ["lib", "node_modules", "package.json", "tsconfig.json"])
  symlinkSync(join(root, name), join(scratch, name));
// Whoever has followed the guide has its layer already.
for (const name of readdirSync(join(root, "modules")).filter((name) => !["index.ts", "cache"].includes(name)))
  symlinkSync(join(root, "modules", name), join(modules, name));
// An extension is not compiled here: it finds the product by its name, where that is installed.
const added = blocks
  .filter(({ language, text }) => language === "ts" && !text.startsWith("// our-layers/"))
  .map(({ text }) => written(text));
const index = join(modules, "index.ts");
writeFileSync(index, withDifference(readFileSync(join(root, "modules/index.ts"), "utf8")));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe("the layer of the guide", async () => {
  // The guide's own layer and list: the compiler checks them below.
  const { cache } = (await import(join(modules, "cache/layer.ts"))) as { cache: AnyLayer };
  const { layers } = (await import(index)) as { layers: readonly AnyLayer[] };
  const loaded = loadConfig({}, layers);
  const outdir = join(scratch, "synthesised");
  synthesise(layers, loaded, { outdir, deletionProtection: true });
  const synthesised = readEnvironment({ read: (path) => readFileSync(path, "utf8") }, outdir, layers);

  layerContract(cache, modules);

  test("compiles, and is what the list takes", () => {
    expect(added).toEqual(["cache/layer.ts", "cache/account.ts"].map((file) => join(modules, file)));
    // What the list asks of an entry: compiling the list would compile every layer of the product.
    const entry = join(modules, "entry.ts");
    writeFileSync(
      entry,
      `import type { AnyLayer } from "../lib/layer/layer";\nimport { cache } from "./cache/layer";\nexport const entry: AnyLayer = cache;\n`,
    );
    expect(typeErrors([...added, entry])).toEqual([]);
  });

  test("is synthesised with the others, after those that it needs", () => {
    expect(layers.indexOf(cache)).toBeGreaterThan(0);
    const stack = readFileSync(join(outdir, "stacks/cache/cdk.tf.json"), "utf8");
    expect(stack).toContain("terraform_remote_state.vpc.outputs.privateSubnetIds");
    expect(stack).toContain("terraform_remote_state.kms.outputs.keyArns");
  });

  test("declares permissions of the deployer, and prices", () => {
    const { environment } = loaded;
    expect(deployerRights(synthesised, environment, { layers }).unknown).toEqual([]);
    expect(capacityReport(synthesised, environment, layers).cost.notPriced).toEqual([]);
  });
});

/** Writes a block that names its file in its first line; gives the path. */
function written(text: string): string {
  const path = join(scratch, /^\/\/ (\S+)\n/.exec(text)?.[1] ?? "unnamed");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** The list of layers with the guide's difference: each line with `+` comes after the line before it. */
function withDifference(list: string): string {
  const lines = (blocks.find(({ language }) => language === "diff")?.text ?? "").trimEnd().split("\n");
  let text = list;
  for (const [at, line] of lines.entries()) {
    if (!line.startsWith("+") || text.includes(`\n${line.slice(1)}\n`)) continue;
    const before = `\n${(lines[at - 1] ?? "").slice(1)}\n`;
    if (text.split(before).length !== 2) throw new Error(`Not once in modules/index.ts: ${before}`);
    text = text.replace(before, `${before}${line.slice(1)}\n`);
  }
  return text;
}

/** What the compiler says of these files, with the repository's own options. */
function typeErrors(files: readonly string[]): readonly string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, scratch);
  const program = ts.createProgram({ rootNames: files, options });
  const sources = files.map((file) => program.getSourceFile(file));
  return sources
    .flatMap((source) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ])
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
