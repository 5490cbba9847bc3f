import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse, parseDocument, stringify } from "yaml";
import { z } from "zod";
import { ConfigError } from "../lib/environment/config-error";
import { type ConfigFile, parseConfigFile } from "../lib/environment/config-file";
import { extensionPaths, loadEnvironment } from "../lib/environment/environment";
import { environmentJsonSchema } from "../lib/environment/json-schema";
import { currentVersion } from "../lib/environment/migrations";
import { type AnyLayer, defineLayer, type LayerInputs } from "../lib/layer/layer";
import type { JsonSchema } from "../lib/environment/schema-outline";
import { layers } from "../modules/index";
import { environmentFiles, type EnvironmentName } from "./environments/files";

const textOf = (name: EnvironmentName) =>
  readFileSync(resolve(__dirname, "..", environmentFiles[name]), "utf8");

function load(text: string, from: readonly AnyLayer[] = layers, parsed = parseConfigFile(text)) {
  return loadEnvironment(from, {
    parsed,
    file: "configs/test.yaml",
    text,
    read: (path) => `text of ${path}`,
    now: new Date(0),
  });
}

const minimal = `version: ${currentVersion}
name: dev
account: "123456789012"
region: us-west-2
zones: [us-west-2a, us-west-2b, us-west-2c]
state: { bucket: dev-state, region: us-west-2 }
domain: { parent: example.com }
access: { adminRoleArns: ["arn:aws:iam::123456789012:role/admin"] }
`;

const size = (main: { nodes: number; zones?: string[] }) => ({ groups: { main } });

const cache = defineLayer({
  name: "cache",
  summary: "A cache",
  settings: z.strictObject({
    groups: z
      .record(
        z.string(),
        z.strictObject({ nodes: z.int().describe("Nodes"), zones: z.array(z.string()).default([]) }),
      )
      .describe("Groups by name"),
    port: z.int().default(6379).describe("Port"),
  }),
  needs: {},
  outputs: {},
  scale: {
    default: size({ nodes: 1, zones: ["a", "b"] }),
    "100en": size({ nodes: 2 }),
    "500en": size({ nodes: 2 }),
    "1ken": size({ nodes: 3, zones: ["a", "b"] }),
    "10ken": size({ nodes: 5 }),
  },
  build: () => ({}),
});

describe("loadEnvironment", () => {
  it("completes a file with every default", () => {
    expect(load(minimal, []).environment).toEqual({
      name: "dev",
      account: "123456789012",
      skipRegionValidation: false,
      region: "us-west-2",
      partition: "aws",
      zones: ["us-west-2a", "us-west-2b", "us-west-2c"],
      state: { bucket: "dev-state", region: "us-west-2", existing: false },
      domain: { parent: "example.com" },
      access: {
        adminRoleArns: ["arn:aws:iam::123456789012:role/admin"],
        adminCidrs: [],
        publicCidrs: ["0.0.0.0/0"],
      },
      iam: { path: "/" },
      scaleProfile: "default",
      tags: {},
      tagKeys: { environment: "environment", layer: "layer", customer: "customer" },
    });
  });

  it("takes the settings of a layer that is not in the file from its scale profile and its defaults", () => {
    expect(load(minimal, [cache]).settings).toEqual({
      cache: { groups: { main: { nodes: 1, zones: ["a", "b"] } }, port: 6379 },
    });
  });

  it("lets a file change single values of the scale profile", () => {
    const file = `${minimal}scaleProfile: 1ken\nlayers: { cache: { groups: { main: { nodes: 7 }, more: { nodes: 1 } } } }\n`;
    expect(load(file, [cache]).settings).toEqual({
      cache: { groups: { main: { nodes: 7, zones: ["a", "b"] }, more: { nodes: 1, zones: [] } }, port: 6379 },
    });
  });

  it("replaces a list of the scale profile as a whole", () => {
    const file = `${minimal}layers: { cache: { groups: { main: { zones: [c] } } } }\n`;
    expect(load(file, [cache]).settings).toMatchObject({
      cache: { groups: { main: { nodes: 1, zones: ["c"] } } },
    });
  });

  it("gives a layer's rules the checked settings, those of its needs, a way to read files and the time", () => {
    const seen: LayerInputs<z.ZodType, { store: typeof cache }>[] = [];
    const reader = defineLayer({
      name: "reader",
      summary: "Reads the cache",
      settings: z.strictObject({}),
      needs: { store: cache },
      outputs: {},
      check: (given) => {
        seen.push(given);
        return [];
      },
      build: () => ({}),
    });
    load(minimal, [cache, reader]);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ settings: {}, needs: { store: { port: 6379 } }, now: new Date(0) });
    expect(seen[0]!.environment.partition).toBe("aws");
    expect(seen[0]!.read("key.pem")).toBe("text of key.pem");
  });

  it("accepts regions of every partition", () => {
    const file = (region: string, partition: string) =>
      `${minimal}partition: ${partition}\n`
        .replaceAll("us-west-2", region)
        .replaceAll("arn:aws:", `arn:${partition}:`);
    expect(load(file("us-gov-west-1", "aws-us-gov"), []).environment.partition).toBe("aws-us-gov");
    expect(load(file("cn-north-1", "aws-cn"), []).environment.partition).toBe("aws-cn");
  });

  it("looks up the place of what is wrong only, however long the file is", () => {
    const lookUps = (text: string) => {
      const parsed = parseConfigFile(text);
      let count = 0;
      const find: ConfigFile["find"] = (path, part) => {
        count += 1;
        return parsed.find(path, part);
      };
      try {
        load(text, undefined, { ...parsed, find });
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
      }
      return count;
    };
    const example = textOf("example");
    const wrong = (problems: number) =>
      Array.from({ length: problems }, (_, index) => `unknown${index}: 1\n`).join("");
    const warnings = load(example).warnings.length;
    expect(lookUps(example)).toBe(warnings);
    expect(lookUps(example + wrong(1))).toBe(1 + warnings);
    expect(lookUps(example + wrong(100))).toBe(100 + warnings);
  });
});

describe("extensionPaths", () => {
  it("are relative to the environment file", () => {
    const text = "extensions: [../layers/redis, ./own/layer.ts]\n";
    expect(extensionPaths({ file: "/project/configs/dev.yaml", parsed: parseConfigFile(text) })).toEqual([
      "/project/layers/redis",
      "/project/configs/own/layer.ts",
    ]);
  });

  it("are empty when there are none, and when loadEnvironment is going to refuse the list", () => {
    for (const text of ["name: dev\n", "extensions: 3\n", "extensions: [\n", ""]) {
      expect(extensionPaths({ file: "configs/dev.yaml", parsed: parseConfigFile(text) })).toEqual([]);
    }
  });
});

describe.each(["example", "dev", "prod"] as const)("the environment file %s", (name) => {
  it("is accepted", () => {
    expect(load(textOf(name)).environment.name).toBe(name);
  });

  it("is accepted by the JSON schema that editors use, and names it", () => {
    const ajv = new Ajv({ validateFormats: false });
    expect(ajv.validate(environmentJsonSchema(layers), parse(textOf(name))), ajv.errorsText()).toBe(true);
    const [, schema = ""] = /^# yaml-language-server: \$schema=(.*)\n/.exec(textOf(name)) ?? [];
    const folder = dirname(environmentFiles[name]);
    expect(join(folder, schema)).toBe("configs/schema.json");
  });
});

describe("configs/example.yaml", () => {
  it("names every setting of the environment and of every layer, and no other", () => {
    const document = parseDocument(withEverySetting(textOf("example")), { uniqueKeys: false });
    expect(document.errors).toEqual([]);
    const schema = environmentJsonSchema(layers);
    const known = settingPaths(schema);
    const fixed = known.filter((path) => !path.endsWith("*"));
    const named = namedPaths(document.contents);
    expect(
      fixed.filter((path) => !named.some((given) => sameLength(path, given) && matches(path, given))),
    ).toEqual([]);
    expect(named.filter((given) => !known.some((path) => matches(path, given)))).toEqual([]);
  });

  it("offers only values that are accepted, where they are commented out", () => {
    const otherForms =
      /^ *(#(root:|source: (pem|none)|adminEmail:|certificateFile:|privateKeyFile:|chainFile:|source: existing(?=\n *#public)|(public|private)ZoneId:|chartDigests:| {2}[\w-]+: sha256:| *certificateAuthority:| {2,}-----| {2,}\.\.\.)|natGateways:).*\n/gm;
    const text = withEverySetting(textOf("example").replaceAll(otherForms, ""));
    const { environment, settings } = load(stringify(parse(text, { uniqueKeys: false })));
    expect(environment.customer).toBe("Example Corp");
    expect(settings["aurora"]).toMatchObject({ deletionProtection: { enabled: false } });
  });

  it("sets nothing but defaults in the layers", () => {
    const example = load(textOf("example"));
    const untouched = load(`${minimal}layers: { vpc: { cidr: 10.20.0.0/20 } }\n`);
    expect(example.settings).toEqual(untouched.settings);
  });

  it("keeps the values of the scale profile", () => {
    const changed = load(textOf("example").replace("scaleProfile: default", "scaleProfile: 10ken"));
    const untouched = load(`${minimal}scaleProfile: 10ken\nlayers: { vpc: { cidr: 10.20.0.0/20 } }\n`);
    expect(changed.settings).toEqual(untouched.settings);
  });
});

describe("docs/guides/hooks.md", () => {
  const guide = readFileSync(resolve(__dirname, "../docs/guides/hooks.md"), "utf8");

  it("shows hooks that are accepted, each with its defaults", () => {
    const yaml = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";
    const settings = "layers: { vpc: { cidr: 10.20.0.0/20 } }\n";
    expect(load(`${minimal}${settings}${yaml}`).hooks).toMatchObject([
      { when: "before", during: ["apply", "destroy"], timeoutSeconds: 600, onFailure: "stop" },
      { when: "after", layer: "eks", timeoutSeconds: 300, runOnError: false },
      { when: "after", onFailure: "continue", runOnError: true },
    ]);
  });

  it("names every variable that hooks get, and no other", () => {
    const sources = ["runner/hook-environment.ts", "runner/identify.ts", "run/lock.ts"].map((file) =>
      readFileSync(resolve(__dirname, "../scripts/provision", file), "utf8"),
    );
    const named = (text: string) => new Set([...text.matchAll(/PROVISION_[A-Z_]+/g)].map(([name]) => name));
    expect(named(guide)).toEqual(named(sources.join("\n")));
  });
});

describe("environmentJsonSchema", () => {
  const schema = environmentJsonSchema([cache]);
  const ajv = new Ajv({ validateFormats: false });
  const accepts = (text: string) => ajv.validate(schema, parse(text));

  it("does not require settings that every scale profile has", () => {
    expect(accepts(minimal)).toBe(true);
    expect(accepts(`${minimal}layers: { cache: { groups: { main: { zones: [c] } } } }\n`)).toBe(true);
  });

  it("requires settings that no scale profile has", () => {
    expect(accepts(`${minimal}layers: { cache: { groups: { more: { zones: [c] } } } }\n`)).toBe(false);
    expect(accepts(minimal.replace("name: dev\n", ""))).toBe(false);
  });

  it("rejects unknown settings, but accepts layers of extensions", () => {
    expect(accepts(`${minimal}nam: dev\n`)).toBe(false);
    expect(accepts(`${minimal}layers: { cache: { prt: 1 } }\n`)).toBe(false);
    expect(accepts(`${minimal}layers: { redis: { port: 1 } }\n`)).toBe(true);
  });

  it("describes every setting of every layer", () => {
    const undescribed = walk(environmentJsonSchema(layers)).filter(([, { description }]) => !description);
    expect(undescribed.map(([path]) => path).filter((path) => !path.endsWith("*"))).toEqual([]);
  });
});

/** The example with every setting in it that is commented out: `#name:` and what is indented below it. */
function withEverySetting(text: string): string {
  return text.replaceAll(/^( *)#(?=\S| {2})/gm, "$1");
}

/** Paths and schemas of all settings; `*` stands for a name that the file chooses. */
function walk(schema: JsonSchema, path: readonly string[] = []): (readonly [string, JsonSchema])[] {
  return formsOf(schema).flatMap((form) => {
    // Beside free names, fixed ones are those that a scale profile happens to choose.
    const free = form.additionalProperties;
    if (typeof free === "object")
      return [[[...path, "*"].join(" "), form] as const, ...walk(free, [...path, "*"])];
    return Object.entries(form.properties ?? {}).flatMap(([name, inner]) => [
      [[...path, name].join(" "), inner] as const,
      ...walk(inner, [...path, name]),
    ]);
  });
}

/** A schema, the forms that it may take, and what a list of it holds. */
function formsOf(schema: JsonSchema): readonly JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])];
  return [schema, ...inner.flatMap(formsOf)];
}

function settingPaths(schema: JsonSchema): readonly string[] {
  return [...new Set(walk(schema).map(([path]) => path))];
}

function namedPaths(node: unknown, path: readonly string[] = []): readonly string[] {
  const items = z.object({ items: z.array(z.unknown()) }).safeParse(node).data?.items ?? [];
  return items.flatMap((item) => {
    const pair = z.object({ key: z.object({ value: z.string() }), value: z.unknown() }).safeParse(item).data;
    if (pair === undefined) return namedPaths(item, path);
    const here = [...path, pair.key.value];
    return [here.join(" "), ...namedPaths(pair.value, here)];
  });
}

/** Whether a described path, with its `*`, begins with the path in the file. */
function matches(described: string, named: string): boolean {
  const pattern = described.split(" ");
  return named.split(" ").every((segment, index) => pattern[index] === "*" || pattern[index] === segment);
}

function sameLength(one: string, other: string): boolean {
  return one.split(" ").length === other.split(" ").length;
}
