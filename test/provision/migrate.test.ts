import { expect, test } from "vitest";
import { currentVersion } from "../../lib/environment/migrations";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

const file = "configs/dev.yaml";
const stated = `version: ${currentVersion}\n`;

/** A world whose environment file is of version 0, with comments and a layout of its own. */
function older(): FakeWorld {
  const world = new FakeWorld();
  const text = world.texts.get(file) ?? "";
  world.texts.set(file, `# ours\n\n${text.replace(stated, "")}# the end\ntags:   {team: a}  # who\n`);
  return world;
}

test("migrate shows the changes, asks for confirmation, and writes the file with all comments", async () => {
  const world = older().answering("yes");
  const before = world.texts.get(file) ?? "";
  expect(await run(world, "migrate --env dev")).toBe(0);
  expect(world.texts.get(file)).toBe(before.replace("name: dev", `${stated}name: dev`));
  expect(world.questions).toEqual(["Write these changes to configs/dev.yaml? yes/no"]);
  const start = world.printed.indexOf(`  configs/dev.yaml: version 0 to version ${currentVersion}`);
  expect(world.printed.slice(start)).toEqual([
    `  configs/dev.yaml: version 0 to version ${currentVersion}`,
    '  - the setting "version" states the format of the file',
    "  ",
    `  3 + version: ${currentVersion}`,
    "  ",
    `  Wrote configs/dev.yaml, version ${currentVersion} of its format`,
  ]);
});

test("migrate of a file of the current version changes nothing", async () => {
  const world = older();
  await run(world, "migrate --env dev --yes");
  const migrated = world.texts.get(file);
  world.printed.length = 0;
  expect(await run(world, "migrate --env dev")).toBe(0);
  expect(world.texts.get(file)).toBe(migrated);
  expect(world.printed.at(-1)).toBe("  configs/dev.yaml is up to date");
});

test("migrate writes nothing when it is declined", async () => {
  const world = older().answering("no");
  const before = world.texts.get(file);
  expect(await run(world, "migrate --env dev")).toMatchObject({
    message: 'Cannot migrate "configs/dev.yaml": declined',
    hint: "Run: npx ts-node scripts/provision.ts migrate --env dev",
    exitCode: 1,
  });
  expect(world.texts.get(file)).toBe(before);
});

test("migrate writes nothing if input is not a terminal", async () => {
  const world = older();
  const before = world.texts.get(file);
  expect(await run(world, "migrate --env dev")).toMatchObject({
    message:
      'Cannot migrate "configs/dev.yaml": there is no interactive terminal for approval; nothing was changed',
    hint: "Review the changes above, then run: npx ts-node scripts/provision.ts migrate --env dev --yes",
    exitCode: 4,
  });
  expect(world.texts.get(file)).toBe(before);
});

test("migrate needs neither Terraform nor a synthesis", async () => {
  const world = older();
  world.version = "";
  expect(await run(world, "migrate --env dev --yes")).toBe(0);
  expect([...world.texts.keys()]).toEqual([file]);
});

test("migrate writes what it can, then names what must be corrected by hand; other commands refer to it", async () => {
  const world = older();
  const before = world.texts.get(file) ?? "";
  const wrong = `${before}layers:\n  ground:\n    cidr: 7\n`;
  world.texts.set(file, wrong);
  expect(await run(world, "plan --env dev")).toMatchObject({
    hint: `The format of ${file} is version 0: run provision migrate, which writes version ${currentVersion}, and correct what it lists; configs/example.yaml explains every setting`,
    exitCode: 3,
  });
  const problem = /: it has 1 problem\nconfigs\/dev\.yaml:\d+:11 layers\.ground\.cidr: 7 is a number/;
  const hint = `Correct ${file} and run the command again; configs/example.yaml explains every setting`;
  const left = { message: expect.stringMatching(problem) as string, hint, exitCode: 3 };
  expect(await run(world, "migrate --env dev --yes")).toMatchObject(left);
  expect(world.texts.get(file)).toBe(wrong.replace("name: dev", `${stated}name: dev`));
  // Current now, and as wrong as before.
  expect(await run(world, "migrate --env dev --yes")).toMatchObject(left);
});
