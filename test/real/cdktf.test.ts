import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parse, stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layers } from "../../modules";
import type { RawEnvironment } from "../synth";
import { type CommandResult, runCommand } from "./command";
import { createBucket, type Moto, startMoto } from "./moto";
import { provision } from "./provision";
import { type S3Proxy, startS3Proxy } from "./s3-proxy";
import { realProviders, type Variables } from "./terraform";
import { missing } from "./tools";

const root = resolve(__dirname, "../..");
const bucket = "123456789012-cdktf-state";
const because = missing("terraform", "mirror", "moto");

let scratch: string;
let variables: Variables;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "cdktf-"));
  // The CLI keeps an identity of its own in the home folder.
  variables = { HOME: scratch, CHECKPOINT_DISABLE: "1", CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1", CI: "1" };
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** Writes configs/dev.yaml, changed, as the file of an environment of another name; gives its path. */
function environmentFile(name: string, edit: (raw: RawEnvironment) => void): string {
  const raw: RawEnvironment = parse(readFileSync(join(root, "configs/dev.yaml"), "utf8"));
  raw.name = name;
  raw.state = { bucket, region: "us-west-2", existing: true };
  edit(raw);
  const file = join(scratch, `${name}.yaml`);
  writeFileSync(file, stringify(raw));
  return file;
}

const withExtension = (raw: RawEnvironment) => (raw.extensions = [join(__dirname, "reading-layer.ts")]);

/** What users type, in the repository, with a folder of its own for the output. */
async function cdktf(file: string, ...args: readonly string[]): Promise<CommandResult> {
  const command = { program: "npx", folder: root, variables: { ...variables, ORCHESTRATOR_ENV: file } };
  const [verb = "", ...rest] = args;
  const output = join(scratch, "cdktf.out", file.replace(/.*\/|\.yaml$/g, ""));
  const ended = await runCommand(command, "cdktf", verb, ...rest, "--output", output);
  return { ...ended, output: stripVTControlCharacters(ended.output) };
}

describe("cdktf synth", () => {
  test("writes every layer, and those of extensions, to the byte as export does but for the final newline", async () => {
    const file = environmentFile("synth", withExtension);
    const synthesised = await cdktf(file, "synth");
    expect(synthesised.code, synthesised.output).toBe(0);
    const exported = await provision(scratch, variables, "--env", file, "export", "--out", "exported");
    expect(exported.code, exported.output).toBe(0);

    const names = [...layers.map(({ name }) => name), "reading"];
    const stacks = join(scratch, "cdktf.out/synth/stacks");
    expect(readdirSync(stacks).sort()).toEqual(names.sort());
    for (const name of names) {
      const stack = readFileSync(join(stacks, name, "cdk.tf.json"), "utf8");
      expect(readFileSync(join(scratch, "exported", name, "main.tf.json"), "utf8"), name).toBe(`${stack}\n`);
    }
  });

  test("prints every problem of an environment file, without a stack trace, and writes nothing", async () => {
    const file = environmentFile("wrong", (raw) => {
      raw.region = "nowhere";
      raw.layers.vpc.cidr = "10.20.0.0/33";
    });
    const { code, output } = await cdktf(file, "synth");
    expect(code).not.toBe(0);
    expect(output).toContain(`Cannot use ${file}: it has `);
    expect(output).toMatch(/wrong\.yaml:\d+:\d+ region: /);
    expect(output).toMatch(/wrong\.yaml:\d+:\d+ layers\.vpc\.cidr: /);
    expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(existsSync(join(scratch, "cdktf.out/wrong/stacks"))).toBe(false);
  });
});

describe.skipIf(because !== undefined)(`cdktf diff with state in an emulated S3 ${because ?? ""}`, () => {
  let moto: Moto;
  let proxy: S3Proxy;
  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startS3Proxy(moto.url);
    variables = { ...variables, ...moto.variables, ...proxy.variables, ...realProviders(scratch) };
    await createBucket(moto.url, bucket);
  });
  afterAll(() => {
    proxy.stop();
    moto.stop();
  });

  test("plans a layer, an extension that reads what was applied of it, and nothing once both are applied", async () => {
    const file = environmentFile("diff", withExtension);
    const diff = async (layer: string) => {
      const { code, output } = await cdktf(file, "diff", layer, "--skip-provider-lock");
      expect(code, output).toBe(0);
      return output;
    };
    const apply = async (layer: string) => {
      const applied = await provision(scratch, variables, "apply", "--env", file, "--only", layer, "--yes");
      expect(applied.code, applied.output).toBe(0);
    };
    expect(await diff("kms")).toMatch(/Plan: [1-9]\d* to add, 0 to change, 0 to destroy/);
    await apply("kms");
    const reading = await diff("reading");
    expect(reading).toMatch(/keyArn += \\?"arn:aws:kms:us-west-2:123456789012:key\//);
    expect(reading).toContain("Plan: 1 to add, 0 to change, 0 to destroy");
    await apply("reading");
    expect(await diff("reading")).toContain("No changes. Your infrastructure matches the configuration");
  });
});
