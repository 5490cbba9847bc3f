import { beforeEach, expect, test } from "vitest";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

let world: FakeWorld;
let dev: string;
beforeEach(() => {
  world = new FakeWorld();
  dev = world.texts.get("configs/dev.yaml") ?? "";
});

test("a copied file that kept the name of the other environment is refused, with both ways to correct it", async () => {
  world.texts.set("configs/prod.yaml", dev);
  const line = dev.split("\n").findIndex((text) => text.startsWith("name: ")) + 1;
  expect(await run(world, "plan --env prod")).toMatchObject({
    message: `Cannot use configs/prod.yaml: it has 1 problem
configs/prod.yaml:${line}:7 name: "dev" is not what the file is named after, "prod"
    Write name: prod, or rename the file to dev.yaml: the name decides whose state configs/prod.yaml is applied to`,
    exitCode: 3,
  });
  expect(world.ran).toEqual([]);
});

test("a file chosen by its path is named after its environment too", async () => {
  world.texts.set("elsewhere/dev.yml", dev);
  world.texts.set("elsewhere/other.yaml", dev);
  expect(await run(world, "plan --env elsewhere/dev.yml --only ground")).toBe(0);
  expect(await run(world, "plan --env elsewhere/other.yaml")).toMatchObject({
    message: expect.stringContaining('"dev" is not what the file is named after, "other"') as string,
  });
});

test("a file that is too large to be an environment's is refused unread", async () => {
  world.texts.set("configs/dev.yaml", dev + "# comment\n".repeat(100_000));
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: expect.stringMatching(
      /^Cannot use configs\/dev.yaml: it has 1000\d\d lines and 97\d KiB, and an environment file has at most 5000 lines and 256 KiB$/,
    ) as string,
    hint: "Check that it is the file you mean; configs/example.yaml shows what belongs into one",
    exitCode: 3,
  });
});

test("a file in another encoding is named as such", async () => {
  world.texts.set("configs/dev.yaml", dev.replaceAll(/./g, "$&\0"));
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: "Cannot use configs/dev.yaml: it is not text in UTF-8",
    hint: "Save it with the encoding UTF-8",
  });
});

test("a file with one byte of another encoding is named with its line", async () => {
  world.texts.set("configs/dev.yaml", `${dev}# caf\uFFFD\n`);
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: `Cannot use configs/dev.yaml: it is not text in UTF-8; line ${dev.split("\n").length} is the first that is not`,
    exitCode: 3,
  });
});

test("a slash after the path of a file is no part of its name", async () => {
  expect(await run(world, "plan --env configs/dev.yaml/ --only ground")).toBe(0);
});

test.each([
  ["folder", "is a folder", "Specify the path of a file"],
  ["other", "is not a regular file", "Specify the path of a regular file"],
  ["broken link", "is a link that leads nowhere", 'Correct the link: ls -l "configs/odd.yaml"'],
] as const)("what is no file is not called missing: %s", async (kind, truth, hint) => {
  world.kinds.set("configs/odd.yaml", kind);
  expect(await run(world, "plan --env odd")).toMatchObject({
    message: `Cannot read environment "odd": configs/odd.yaml ${truth}`,
    hint,
    exitCode: 3,
  });
});

test("a name that no environment can have is not offered to be created", async () => {
  expect(await run(world, "plan --env .")).toMatchObject({
    message: 'Cannot read environment ".": there is no file configs/..yaml; there are: dev',
    hint: "Specify the name of an environment, or the path of its file",
  });
  world.texts.clear();
  expect(await run(world, "plan --env .")).toMatchObject({ hint: "Change to the folder that has it" });
});
