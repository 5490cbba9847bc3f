import { resolve } from "node:path";
import { DataResource } from "cdktf";
import { expect, test } from "vitest";
import { z } from "zod";
import { UserError } from "../../lib/errors";
import { defineLayer } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { FakeWorld } from "./fake-world";
import { commands, run } from "./runs";
import { ground } from "./toys";

const garden = defineLayer({
  name: "garden",
  summary: "A layer from outside",
  settings: z.strictObject({ token: z.string().default("token.txt").describe("File with a secret") }),
  needs: { ground },
  outputs: { id: text("ID") },
  secretFiles: ({ settings }) => ({ token: settings.token }),
  build: (stack) => ({ id: new DataResource(stack, "bed", { input: { soil: "dark" } }).id }),
});

/** A world whose environment file names an extension that exports this. */
function extended(exported: () => unknown): FakeWorld {
  const world = new FakeWorld();
  const file = world.texts.get("configs/dev.yaml") ?? "";
  world.texts.set("configs/dev.yaml", `${file}extensions: [../garden/layer]\n`);
  world.texts.set("configs/token.txt", "s3cret");
  Object.assign(world.product, { loadModule: exported });
  return world;
}

test("a layer of an extension is applied after the built-in ones", async () => {
  const world = extended(() => ({ layer: garden }));
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(commands(world, "apply").at(-1)).toBe("garden apply");
});

test("a summary cannot change how the heading of its layer is shown", async () => {
  const world = extended(() => ({ layer: { ...garden, summary: "A \u001b[2Jlayer \u202eedistuo" } }));
  expect(await run(world, "--env dev --yes")).toBe(0);
  const text = world.printed.join("\n");
  expect(text).toContain("garden  A \\u001b[2Jlayer \\u202eedistuo");
  for (const control of ["\u001b", "\u202e"]) expect(text).not.toContain(control);
});

test("secret settings reach Terraform by its environment, and that of no other layer", async () => {
  const world = extended(() => ({ layer: garden }));
  await run(world, "--env dev --yes");
  const holders = world.commands.filter(({ environment }) => environment["TF_VAR_token"] === "s3cret");
  expect(new Set(holders.map(({ folder }) => folder))).toEqual(new Set(["cdktf.out/dev/stacks/garden"]));
});

test("a secret file that is missing is named", async () => {
  const world = extended(() => ({ layer: garden }));
  world.texts.delete("configs/token.txt");
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: 'Cannot read "configs/token.txt" for variable "token" of "garden": the file does not exist',
    hint: "Create the file, or correct its path in dev",
  });
});

const place = resolve("garden/layer");
const throwing = (message: string) => () => {
  throw new Error(message);
};
const declare = "Export a layer from it (export const layer = defineLayer({…})), or correct";

test.each([
  ['it exports no "layer"', () => ({}), declare],
  ['the "layer" that it exports was not created by defineLayer()', () => ({ layer: 5 }), declare],
  [
    "there is no such module",
    throwing(`Cannot find module '${place}'\nRequire stack:\n- /x`),
    "Correct the path, or",
  ],
  [
    '/garden/layer.ts imports "zod/v4", which is not found from there',
    throwing("Cannot find module 'zod/v4'\nRequire stack:\n- /garden/layer.ts\n- /x"),
    "Install it, run: npm install --prefix /garden zod; or correct the import, or",
  ],
  [
    `${place} imports "@a/b", which is not found from there`,
    throwing("Cannot find package '@a/b'"),
    `Install it, run: npm install --prefix ${resolve("garden")} @a/b; or correct the import, or`,
  ],
  [
    '/garden/layer.ts imports "../lib/layer", which is not found from there',
    throwing("Cannot find module '../lib/layer'\nRequire stack:\n- /garden/layer.ts"),
    "Correct the import, or",
  ],
  [
    "x Expression expected at /garden/layer.ts:1:18",
    throwing("  x Expression expected\n   ,-[/garden/layer.ts:1:18]\n 1 | export const x = ("),
    `Correct ${place}, or`,
  ],
  ["settings is not defined", throwing("settings is not defined"), `Correct ${place}, or`],
])("an extension is refused because %s", async (truth, exported, hint) => {
  const error = await run(extended(exported), "--env dev --yes");
  expect(error).toMatchObject({ exitCode: 3 });
  expect(String(error)).toMatch(/configs\/dev\.yaml:\d+:14 extensions\[0\]: /);
  expect(String(error)).toContain(
    `extensions[0]: cannot load "${place}": ${truth}\n    ${hint} "extensions" in configs/dev.yaml`,
  );
});

test("an extension that cannot be loaded is reported beside other mistakes, and its settings are not unknown", async () => {
  const world = extended(throwing("settings is not defined"));
  const file = (world.texts.get("configs/dev.yaml") ?? "").replace(/^region: .*$/m, "region: us-wset-2");
  const layers = /^layers:\n/m.test(file)
    ? file.replace(/^layers:\n/m, "layers:\n  garden: {}\n")
    : `${file}layers: {garden: {}}\n`;
  world.texts.set("configs/dev.yaml", layers);
  const error = String(await run(world, "--env dev --yes"));
  expect(error).toContain('region: "us-wset-2" is not a region of AWS');
  expect(error).toContain(`extensions[0]: cannot load "${place}": settings is not defined`);
  expect(error).not.toContain("garden: unknown");
});

test.each([
  [
    "the name of a built-in layer",
    "../garden/layer",
    { ...garden, name: "ground" },
    'extensions[0]: its layer is called "ground", as is an earlier one',
  ],
  [
    "the module of another entry",
    "../garden/layer, ../x/../garden/layer",
    garden,
    "extensions[1]: the module is the one of extensions[0]\n    Keep one of the two",
  ],
  ["the path of another entry", "../garden/layer, ../garden/layer", garden, "is listed twice"],
  ["no valid name", "../garden/layer", { ...garden, name: "A" }, 'extensions[0]: "A" is not a name for a'],
])(
  "an extension with %s is reported at its entry, beside other mistakes",
  async (...[, list, layer, message]) => {
    const world = extended(() => ({ layer }));
    const file = (world.texts.get("configs/dev.yaml") ?? "").replace("../garden/layer", list);
    world.texts.set("configs/dev.yaml", file.replace(/^region: .*$/m, "region: us-wset-2"));
    const error = String(await run(world, "--env dev --yes"));
    expect(error).toContain('region: "us-wset-2" is not a region of AWS');
    expect(error.match(/^configs.*extensions\[/gm)).toHaveLength(1);
    expect(error).toContain(message);
  },
);

test("a file that may not be read is a problem of the setting that names it", async () => {
  const world = new FakeWorld();
  const file = (world.texts.get("configs/dev.yaml") ?? "").replace(/^account: .*$/m, "account: 5");
  world.texts.set("configs/dev.yaml", file);
  const house = { ...ground, check: denied };
  const read = world.files.read.bind(world.files);
  Object.assign(world.files, {
    read: (path: string) => {
      if (path === "configs/key.pem")
        throw new UserError('Cannot read "configs/key.pem": permission is denied', "");
      return read(path);
    },
  });
  const error = String(await run(world, "--env dev --yes", [house]));
  expect(error).toContain("account: 5 is a number");
  expect(error).toContain('layers.ground.key: "key.pem" cannot be read');
});

function denied({ read }: { readonly read: (path: string) => string | undefined }) {
  const path = ["layers", "ground", "key"];
  return read("key.pem") === undefined
    ? [{ path, message: '"key.pem" cannot be read', hint: "Correct it" }]
    : [];
}
