import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environmentFiles } from "../environments/files";
import { runCommand } from "./command";
import { synthesisedIn } from "./other-packages";
import { copyWithLocalState } from "./terraform";
import { missing, tools } from "./tools";

const because = missing("tofu", "mirror", "clusterProviders");
const hosts = ["registry.terraform.io", "registry.opentofu.org"] as const;

let scratch: string;
let stacks: string;
let variables: Readonly<Record<string, string>>;

beforeAll(async () => {
  if (because !== undefined) return;
  scratch = mkdtempSync(join(tmpdir(), "opentofu-"));
  await synthesisedIn(resolve(__dirname, "../.."), [environmentFiles.prod], join(scratch, "out"));
  stacks = folderOfStacks(join(scratch, "out"));
  const file = join(scratch, "tofurc");
  const mirror = mirrorOfOpenTofu();
  writeFileSync(
    file,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  variables = { TF_CLI_CONFIG_FILE: file, TF_REATTACH_PROVIDERS: "", TF_PLUGIN_CACHE_DIR: "" };
});
afterAll(() => {
  if (because === undefined) rmSync(scratch, { recursive: true });
});

/** The real providers under the host that OpenTofu asks; it takes links for the versions, but not for the organisation. */
function mirrorOfOpenTofu(): string {
  const mirror = join(scratch, "mirror");
  const providers = {
    aws: tools.mirror!,
    helm: tools.clusterProviders!,
    kubernetes: tools.clusterProviders!,
  };
  for (const [name, from] of Object.entries(providers)) {
    const [theirs, ours] = hosts.map((host, at) => join(at === 0 ? from : mirror, host, "hashicorp", name));
    for (const version of readdirSync(theirs!)) {
      mkdirSync(join(ours!, version), { recursive: true });
      for (const platform of readdirSync(join(theirs!, version)))
        symlinkSync(join(theirs!, version, platform), join(ours!, version, platform));
    }
  }
  return mirror;
}

function folderOfStacks(out: string): string {
  const found = readdirSync(out, { recursive: true, encoding: "utf8" }).find((name) => /stacks$/.test(name));
  return join(out, found ?? "");
}

describe.skipIf(because !== undefined)(`OpenTofu${because === undefined ? "" : ` (${because})`}`, () => {
  test("takes every layer, with the real providers", async () => {
    const layers = readdirSync(stacks);
    expect(layers.length).toBeGreaterThan(10);
    const refused: string[] = [];
    for (const layer of layers) {
      const folder = join(scratch, "layers", layer);
      copyWithLocalState(join(stacks, layer), folder);
      for (const words of [
        ["init", "-input=false", "-no-color"],
        ["validate", "-no-color"],
      ]) {
        const { code, output } = await runCommand({ program: tools.tofu!, folder, variables }, ...words);
        if (code !== 0) refused.push(`${layer}: ${words[0] ?? ""}: ${output}`);
      }
    }

    expect(refused).toEqual([]);
  });
});
