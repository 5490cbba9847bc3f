import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { scaleProfiles } from "../lib/layer/environment-schema";
import type { AnyLayer } from "../lib/layer/layer";
import { needSettings } from "../scripts/provision/run/need-settings";
import { existingCertificate } from "./everything-on";
import { loadConfig, synthLayer, withLayer } from "./synth";

/** Declares what holds for every layer, built-in or not; `modules` is the folder that it lives in. */
export function layerContract(layer: AnyLayer, modules: string): void {
  const { name } = layer;
  const synthesised = synthLayer(layer);
  const text = JSON.stringify(synthesised.json);

  test("lives in the folder of its name", () => {
    expect(existsSync(join(modules, name, "layer.ts"))).toBe(true);
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
    const states = Object.keys(synthesised.json.data?.["terraform_remote_state"] ?? {});
    expect(states.filter((state) => !Object.values(layer.needs).some((need) => need.name === state))).toEqual(
      [],
    );
  });

  test("refers to elements of its own only, so that no stack reads another by itself", () => {
    const { resource = {}, data = {}, ephemeral = {} } = synthesised.json;
    const declared: Readonly<Record<string, Readonly<Record<string, object>>>> = {
      "": resource,
      data,
      ephemeral,
    };
    const foreign = [...text.matchAll(/(?<!\$)\$\{[^}]*\}/g)].flatMap(([expression]) =>
      [...expression.matchAll(/(?<![\w.])(?:(data|ephemeral)\.)?([a-z0-9]+_\w+)\.([\w-]+)/g)].filter(
        ([, kind = "", type = "", id = ""]) => !(id in (declared[kind]?.[type] ?? {})),
      ),
    );
    expect(foreign.map(([address]) => address)).toEqual([]);
  });

  test("leaves no unresolved token and no undefined in its JSON", () => {
    expect(text).not.toMatch(/TfToken|TFTOKEN|undefined|\[object Object\]/);
  });

  test("has as many elements in its JSON as constructs, so that none has vanished", () => {
    const { resource = {}, data = {} } = synthesised.json;
    // A state of which no output is used is a construct, but not in the JSON.
    const sources = Object.entries(data).filter(([type]) => type !== "terraform_remote_state");
    const count = (groups: Readonly<Record<string, object>>) =>
      Object.values(groups).reduce((sum, group) => sum + Object.keys(group).length, 0);
    expect(count(resource) + count(Object.fromEntries(sources))).toBe(synthesised.elements);
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
    const china = synthLayer(layer, { config: "example", edit: moveToChina });
    const own = JSON.stringify({ ...china.json, terraform: {} });
    expect(own.match(/arn:aws:[^"]*/g) ?? []).toEqual([]);
  });

  test("sends only read-only calls to the account", () => {
    const { environment, settings } = loadConfig({}, withLayer(layer));
    const given = { environment, settings: settings[name] };
    const asked = [
      ...(layer.preflight?.(given) ?? []),
      ...(layer.survey?.(given) ?? []),
      ...(layer.leftovers?.(given) ?? []),
      ...(layer.retained?.(given) ?? []).flatMap((kept) => kept.dependents({ [kept.address]: "" })),
      ...(layer.obstacles?.({ ...given, ids: (type) => [type] }) ?? []),
    ];
    const needs = needSettings({ settings }, layer);
    const abandoned = layer.abandoned?.({ ...given, needs, ids: (type) => [type] });
    for (const { actions } of abandoned === undefined ? [] : [abandoned, ...abandoned.kinds]) {
      expect(actions).not.toEqual([]);
      for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:(Describe|Get|List)[A-Za-z]+$/);
    }
    for (const question of asked) {
      if (!("call" in question)) throw new Error("The product's own layers call the AWS API by the SDK");
      expect(question.call.operation).toMatch(/^(Describe|Get|List)/);
      expect(question.actions).not.toEqual([]);
      for (const action of question.actions)
        expect(action).toMatch(/^[a-z0-9]+:(Describe|Get|List)[A-Za-z]+$/);
    }
  });
}

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

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a parsed YAML document
function moveToChina(raw: any): void {
  const text = JSON.stringify(raw)
    .replaceAll("arn:aws:", "arn:aws-cn:")
    .replaceAll("us-west-2", "cn-north-1");
  Object.assign(raw, JSON.parse(text), { partition: "aws-cn" });
  raw.layers.route53 = { ...raw.layers.route53, certificate: existingCertificate(raw) };
}
