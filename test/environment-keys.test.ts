import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { ConfigError } from "../lib/environment/config-error";
import { loadEnvironment } from "../lib/environment/environment";
import { describeInstanceType } from "../lib/aws-facts/instance-types";
import { defineLayer, inOrder } from "../lib/layer/layer";
import { outputBreaches } from "../lib/layer/output-breaches";
import { text } from "../lib/layer/outputs";
import { layers } from "../modules";
import { readOutputs } from "../scripts/provision/terraform/state";
import type { Terraform } from "../scripts/provision/terraform/terraform";
import { loadConfig, type RawEnvironment, synthAll } from "./synth";

const group = {
  instanceType: "m6i.2xlarge",
  minSize: 0,
  desiredSize: 0,
  maxSize: 3,
  diskGiB: 50,
  maxPods: 58,
};
const egress = { cidr: "203.0.113.10/32", protocol: "tcp", description: "Mail" };
const accessPoint = { path: "/kept", uid: 1, gid: 1, permissions: "0700" };

/** Gives these names to everything that an environment file may name. */
function nameEverything(raw: RawEnvironment, names: readonly string[]): void {
  const each = (value: unknown) => Object.fromEntries(names.map((name) => [name, structuredClone(value)]));
  raw.tags = each("kept");
  raw.layers.eks.nodeGroups = each({ ...group, labels: each("kept") });
  raw.layers.eks.additionalEgress = Object.fromEntries(
    names.map((name, index) => [name, { ...egress, port: index + 1 }]),
  );
  raw.layers.eks.nodes.registryMirrors = each("https://mirror.example.com");
  raw.layers.efs.accessPoints = each(accessPoint);
}

function count(text: string, word: string): number {
  return text.split(word).length - 1;
}

describe("names that every JavaScript object has", () => {
  const inherited = ["constructor", "prototype", "valueof"];
  const ordinary = "zebra";
  const loaded = loadConfig({
    edit: (raw) => {
      nameEverything(raw, [...inherited, ordinary]);
    },
  });
  const synthesised = synthAll(loaded);

  it.each(inherited)("reach Terraform as often as any other name does: %s", (name) => {
    expect(count(JSON.stringify(synthesised), ordinary)).toBeGreaterThan(50);
    for (const { name: layer } of layers) {
      const json = synthesised[layer] ?? "";
      expect([layer, count(json, name)]).toEqual([layer, count(json, ordinary)]);
    }
  });

  it.each([...inherited, "toString", "hasOwnProperty"])("are no settings and no layers: %s", (name) => {
    const problems = (edit: (raw: RawEnvironment) => void) => {
      expect(() => loadConfig({ edit })).toThrow(new RegExp(`${name}: unknown (setting|layer)`));
    };
    problems((raw) => (raw[name] = 1));
    problems((raw) => (raw.layers[name] = {}));
    problems((raw) => (raw.layers.vpc[name] = 1));
    problems((raw) => (raw.layers.vpc.network[name] = 1));
  });

  it("are no sizes of instances", () => {
    expect(describeInstanceType("m6i.constructor")).toBeUndefined();
    expect(() =>
      loadConfig({
        edit: (raw) => {
          raw.layers.eks.nodeGroups = { main: { ...group, instanceType: "m6i.constructor" } };
        },
      }),
    ).toThrow(ConfigError);
  });

  it("are no outputs that a layer has declared", () => {
    expect(outputBreaches({ id: text("ID") }, { id: "a", constructor: "b" })).toEqual([
      '"constructor" is not declared',
    ]);
  });
});

/** What an environment file is refused with. */
function refused(file: string): string {
  const source = { file: "configs/dev.yaml", text: file, read: () => undefined, now: new Date(0) };
  try {
    loadEnvironment(layers, source);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("the file was accepted");
}

describe("a key that YAML does not read as text", () => {
  it.each([
    ["tags:\n  012345678901: a\n", "2:3", { key: "012345678901", as: "the number 12345678901" }],
    ["tags: { 1.30: a }\n", "1:9", { key: "1.30", as: "the number 1.3" }],
    ["tags:\n  team: a\n  0x10: b\n", "3:3", { key: "0x10", as: "the number 16" }],
    ['tags:\n  "1": y\n  1: x\n', "3:3", { key: "1", as: "the number 1" }],
    ['tags:\n  true: x\n  "true": y\n', "2:3", { key: "true", as: "the boolean true" }],
    ["layers:\n  eks: { nodeGroups: { null: {} } }\n", "2:24", { key: "null", as: "null" }],
    ["tags:\n  ? ~\n  : a\n", "2:5", { key: "~", as: "null" }],
    ["tags: { !!binary aGk=: a }\n", "1:18", { key: "aGk=", as: "binary data" }],
  ])("is refused with its place: %j", (file, place, { key, as }) => {
    expect(refused(file)).toContain(
      `
configs/dev.yaml:${place} YAML reads the key ${key} as ${as}, not as text
    Put it in quotes: "${key}"`,
    );
  });

  it.each([
    ["tags:\n  : a\n", "2:1"],
    ["tags: { team: a, : b }\n", "1:18"],
    ['tags:\n  "": a\n', "2:3"],
  ])("is refused as empty when it is: %j", (file, place) => {
    expect(refused(file)).toContain(
      `
configs/dev.yaml:${place} this key is empty
    Write a name before the colon`,
    );
  });

  it("is accepted in quotes, and reaches the environment as it is written", () => {
    const example = readFileSync(join(__dirname, "../configs/example.yaml"), "utf8");
    const keys = ["012345678901", "1.30", "0x10", "true", "null", "1"];
    const quoted = keys.map((key) => `  "${key}": kept\n`).join("");
    const text = `${example.replace(/^tags:.*\n( .*\n)*/m, "")}\ntags:\n${quoted}`;
    const source = { file: "configs/example.yaml", text, read: () => undefined, now: new Date(0) };
    const { tags } = loadEnvironment(layers, source).environment;
    expect(tags).toEqual(Object.fromEntries(keys.map((key) => [key, "kept"])));
  });
});

describe("the name __proto__, which JavaScript does not keep", () => {
  it.each([
    ["name: dev\ntags:\n  team: a\n  __proto__: b\n", "4:3"],
    ['tags: { team: a, "__proto__": b }\n', "1:18"],
    ["__proto__: { name: dev }\n", "1:1"],
    ["layers:\n  __proto__: {}\n", "2:3"],
    ["layers: { eks: { nodeGroups: { __proto__: {} } } }\n", "1:32"],
    [
      "layers:\n  eks:\n    nodeGroups:\n      main:\n        labels:\n          ? __proto__\n          : b\n",
      "6:13",
    ],
    ["hooks:\n  - __proto__: 1\n", "2:5"],
  ])("is refused with its place: %j", (file, place) => {
    expect(refused(file)).toContain(
      `
configs/dev.yaml:${place} "__proto__" is not accepted as a name
    Choose another name`,
    );
  });

  it("is kept as the name of an output, which Terraform allows", async () => {
    const stdout = '{"__proto__":{"value":"a"},"id":{"value":"b"}}';
    // All that is asked of Terraform here.
    const terraform = { document: () => Promise.resolve(stdout) } as unknown as Terraform;
    expect(Object.entries(await readOutputs(terraform))).toEqual([
      ["__proto__", "a"],
      ["id", "b"],
    ]);
  });

  test("is refused as the name of a layer that an extension brings", () => {
    const layer = defineLayer({
      ...{ name: "__proto__", summary: "", needs: {}, outputs: {} },
      settings: layers[0].settings,
      build: () => ({}),
    });
    expect(() => inOrder([layer])).toThrow(
      'Cannot order layers: "__proto__" is not a name for a folder, a stack and a state',
    );
  });
});
