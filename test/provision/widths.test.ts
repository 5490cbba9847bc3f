import { describe, expect, test } from "vitest";
import { UserError } from "../../lib/errors";
import { displayWidth } from "../../lib/wrap";
import { commands } from "../../scripts/provision/commands/index";
import { Screen } from "../../scripts/provision/screen/screen";
import { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import { run } from "./runs";

/** Command lines whose whole output is for people, and what happens before. */
const shown: readonly (readonly [line: string, ...before: string[]])[] = [
  ["apply --env dev --yes"],
  ["apply --env dev --yes", "apply --env dev --yes"],
  ["apply --env dev --rehearse"],
  ["plan --env dev"],
  ["plan --env dev", "apply --env dev --yes"],
  ["rehearse --env dev"],
  ["rehearse --env dev --verbose"],
  ["destroy --env dev --yes --confirm dev --allow-data-loss cellar,house", "apply --env dev --yes"],
  ["outputs --env dev", "apply --env dev --yes"],
  ["status --env dev", "apply --env dev --yes"],
  ["status --env dev"],
  ["history --env dev", "apply --env dev --yes"],
  ["unlock --env dev"],
  ["doctor --env dev"],
  ["support-bundle --env dev"],
  ["support-bundle"],
  ["validate --env dev"],
  ["migrate --env dev"],
  ["policy --env dev"],
  ["capacity --env dev"],
  ["export --env dev --out elsewhere"],
  ["environments"],
  ["environments", "plan --env dev"],
  ["recover --env dev"],
  // Refused, with everything that a person needs to know.
  ["plan --env nope"],
  ["apply --env dev"],
  ["apply --env dev --from cellar --only ground"],
  ["aply --env dev"],
  ["apply --env dev --only grund"],
];

const helps = ["--help", ...commands.map(({ name }) => `${name} --help`)].map((line) => [line] as const);

/** What has an output of its own, or nothing that is shown without AWS. */
const otherwise = [
  "tunnel",
  "databases",
  "rollout",
  "verify-gitops",
  "handover",
  "password",
  "publish",
  "restore",
  "init",
  "completion",
  "iam",
  "version",
];

/** Lines that are copied stay whole: a command, or one word, such as a path. */
function isCopied(line: string): boolean {
  const text = line.trim();
  return (
    !/\s/.test(text) || /^(\S+ {2,})?(npx|npm|provision|terraform|aws|kubectl|psql|export) \S/.test(text)
  );
}

function worldOf(columns: number): FakeWorld {
  const world = new FakeWorld();
  Object.assign(world.terminal, { columns });
  rehearseInMemory(world);
  return world;
}

const known = new Map<string, Promise<readonly string[]>>();

/** What a person sees of a command line, with its error, line by line; the same for every test. */
function seen(columns: number, lines: readonly string[]): Promise<readonly string[]> {
  const key = [columns, ...lines].join("\n");
  const printed = known.get(key) ?? printedBy(columns, lines);
  known.set(key, printed);
  return printed;
}

async function printedBy(
  columns: number,
  [line = "", ...before]: readonly string[],
): Promise<readonly string[]> {
  const world = worldOf(columns);
  for (const earlier of before) await run(world, earlier);
  world.printed.length = 0;
  const ended = await run(world, line);
  const errors: string[] = [];
  if (ended instanceof UserError) {
    const terminal = { ...world.terminal, printError: (text: string) => errors.push(...text.split("\n")) };
    new Screen({ terminal, clock: world.clock }).printError(`\n${ended.message}\n  ${ended.hint}`);
  }
  return [...world.printed, ...errors];
}

describe.each([80, 60, 40])("at a terminal of %d columns", (columns) => {
  test.each([...helps, ...shown])("every line of %s fits, but for what is copied", async (...lines) => {
    const printed = await seen(columns, lines);
    expect(printed).not.toEqual([]);
    expect(printed.filter((text) => displayWidth(text) > columns && !isCopied(text))).toEqual([]);
  });

  test.each(shown)("no command that %s prints is broken", async (...lines) => {
    const wide = (await seen(Infinity, lines)).join("\n");
    const narrow = (await seen(columns, lines)).join("\n");
    const copied = wide.match(/npx ts-node (?:(?!; | {2}).)+/g) ?? [];
    expect(copied.filter((command) => !narrow.includes(command))).toEqual([]);
  });
});

test.each(helps)("every line of %s fits into 80 columns, commands too", async (line) => {
  const world = worldOf(80);
  await run(world, line);
  expect(world.printed.filter((text) => displayWidth(text) > 80)).toEqual([]);
});

test("a command is tried here, or has a reason not to be", () => {
  const tried = new Set([...shown.map(([line]) => line.split(" ")[0]), ...otherwise]);
  expect(commands.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});

test.each([
  "outputs --env dev --json",
  "status --env dev --json",
  "doctor --env dev --json",
  "capacity --env dev --json",
  "policy --env dev --format json",
  "policy --env dev --format sarif",
  "validate --env dev --json",
  "version --json",
  "iam --env dev",
])("%s prints a document as it is, also at a narrow terminal", async (line) => {
  const world = worldOf(20);
  await run(world, "apply --env dev --yes");
  world.printed.length = 0;
  await run(world, line);
  const text = world.printed.join("\n");
  expect(JSON.stringify(JSON.parse(text), undefined, 2)).toBe(text);
});
