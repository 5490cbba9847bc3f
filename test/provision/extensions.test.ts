import { DataResource } from "cdktf";
import { expect, test } from "vitest";
import { z } from "zod";
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

test.each([
  ['it exports no "layer"', () => ({})],
  ['the "layer" that it exports was not created by defineLayer()', () => ({ layer: 5 })],
  [
    "Cannot find module",
    () => {
      throw new Error("Cannot find module\nRequire stack: …");
    },
  ],
])("an extension is refused because %s", async (truth, exported) => {
  expect(await run(extended(exported), "--env dev --yes")).toMatchObject({
    message: expect.stringMatching(/^Cannot load extension ".*garden\/layer": /) as string,
    exitCode: 3,
  });
  expect(await run(extended(exported), "--env dev --yes")).toMatchObject({
    message: expect.stringContaining(truth) as string,
  });
});
