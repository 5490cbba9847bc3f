import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { scaleProfiles } from "../lib/layer/environment-schema";
import type { AnyLayer } from "../lib/layer/layer";
import { synthesise } from "../main";
import { layers } from "../modules";
import { loadConfig, synthesisedText, synthLayer } from "./synth";
import { toy } from "./toy-layer";

const scratch = mkdtempSync(join(tmpdir(), "layers-"));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** Every field of a JSON schema that has no description, by path. */
function undescribed(schema: unknown, path: string): string[] {
  // JSON schema, as zod writes it.
  const node = schema as {
    properties?: Record<string, unknown>;
    anyOf?: unknown[];
    description?: string;
    const?: unknown;
  };
  const fields = Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const { description, const: literal } = field as typeof node;
    const own = description === undefined && literal === undefined ? [`${path}.${name}`] : [];
    return [...own, ...undescribed(field, `${path}.${name}`)];
  });
  return [...fields, ...(node.anyOf ?? []).flatMap((choice) => undescribed(choice, path))];
}

describe.each(layers.map((layer) => [layer.name, layer] as const))("layer %s", (name, layer) => {
  const synthesised = synthLayer(layer);
  const text = JSON.stringify(synthesised.json);

  test("lives in the folder of its name", () => {
    expect(existsSync(join(__dirname, "..", "modules", name, "layer.ts"))).toBe(true);
  });

  test("describes every setting", () => {
    expect(
      undescribed(z.toJSONSchema(layer.settings, { io: "input", unrepresentable: "any" }), name),
    ).toEqual([]);
  });

  test("publishes exactly the outputs that it declares, each described", () => {
    const outputs = synthesised.json.output ?? {};
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(layer.outputs).sort());
    expect(Object.values(outputs).filter(({ description }) => !description)).toEqual([]);
  });

  test("reads other layers by declared outputs only", () => {
    expect(text).not.toMatch(/cross-stack/);
    const states = Object.keys(synthesised.json.data?.["terraform_remote_state"] ?? {});
    expect(states.filter((state) => !Object.values(layer.needs).some((need) => need.name === state))).toEqual(
      [],
    );
  });

  test("leaves no unresolved token and no undefined in its JSON", () => {
    expect(text).not.toMatch(/TfToken|TFTOKEN|undefined|\[object Object\]/);
  });

  test("has as many elements in its JSON as constructs, so that none has vanished", () => {
    const blocks = { ...synthesised.json.resource };
    const count = (groups: Readonly<Record<string, object>>) =>
      Object.values(groups).reduce((sum, group) => sum + Object.keys(group).length, 0);
    expect(count(blocks) + count(synthesised.json.data ?? {})).toBe(synthesised.elements);
  });

  test("keeps its state in the bucket, locked and encrypted, under region, layer and environment", () => {
    expect(synthesised.json.terraform?.["backend"]).toMatchObject({
      s3: { key: `us-west-2/${name}/example`, use_lockfile: true, encrypt: true },
    });
  });

  test("builds under the longest environment name", () => {
    expect(() => synthLayer(layer, { edit: (raw) => (raw.name = "a".repeat(20)) })).not.toThrow();
  });

  test.each(scaleProfiles)("builds for scale profile %s", (profile) => {
    expect(() => synthLayer(layer, { edit: (raw) => (raw.scaleProfile = profile) })).not.toThrow();
  });

  test("names no partition literally", () => {
    const china = synthLayer(layer, { config: "configs/example.yaml", edit: moveToChina });
    const own = JSON.stringify({ ...china.json, terraform: {} });
    expect(own.match(/arn:aws:[^"]*/g) ?? []).toEqual([]);
  });

  test("asks the account for nothing but what reads", () => {
    const { environment, settings } = loadConfig();
    const asking: AnyLayer = layer;
    const given = { environment, settings: settings[name] };
    const asked = [
      ...(asking.preflight?.(given) ?? []),
      ...(asking.survey?.(given) ?? []),
      ...(asking.leftovers?.(given) ?? []),
    ];
    for (const question of asked) {
      if (!("call" in question)) throw new Error("The product's own layers ask by typed calls");
      expect(question.call.operation).toMatch(/^(Describe|Get|List)/);
      expect(question.actions).not.toEqual([]);
      for (const action of question.actions)
        expect(action).toMatch(/^[a-z0-9]+:(Describe|Get|List)[A-Za-z]+$/);
    }
  });

  test("has the golden JSON for configs/example.yaml", async () => {
    await expect(`${JSON.stringify(synthesised.json, null, 2)}\n`).toMatchFileSnapshot(
      `golden/${name}.tf.json`,
    );
  });
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a parsed YAML document
function moveToChina(raw: any): void {
  const text = JSON.stringify(raw)
    .replaceAll("arn:aws:", "arn:aws-cn:")
    .replaceAll("us-west-2", "cn-north-1");
  Object.assign(raw, JSON.parse(text), { partition: "aws-cn" });
}

describe("the whole synthesis", () => {
  const read = (outdir: string) => layers.map(({ name }) => synthesisedText(outdir, name));
  const run = (outdir: string) => {
    synthesise(layers, loadConfig(), { outdir, deletionProtection: true });
    return read(outdir);
  };

  test("is byte-identical twice and from another directory", () => {
    const first = run(join(scratch, "first"));
    const home = process.cwd();
    process.chdir(scratch);
    try {
      expect(run("elsewhere")).toEqual(first);
    } finally {
      process.chdir(home);
    }
    expect(run(join(scratch, "first"))).toEqual(first);
  });

  test("names no path of this machine", () => {
    expect(
      run(join(scratch, "paths")).filter((json) => json.includes(scratch) || json.includes(process.cwd())),
    ).toEqual([]);
  });

  test("differs without deletion protection only where something is protected", () => {
    const lifted = synthLayer(layers[0], { deletionProtection: false });
    expect(JSON.stringify(lifted.json)).not.toBe(JSON.stringify(synthLayer(layers[0]).json));
  });

  test("takes up a new layer from one folder and one list entry", () => {
    const loaded = loadConfig({}, [...layers, toy]);
    const outdir = join(scratch, "toy");
    synthesise([...layers, toy], loaded, { outdir, deletionProtection: true });
    expect(loaded.settings["toy-cache"]).toEqual({ nodes: 2 });
    expect(synthesisedText(outdir, "toy-cache")).toContain("terraform_remote_state.vpc.outputs.vpcId");
  });
});
