import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { planSummary } from "../../scripts/provision/plan-view/summary";
import { planText } from "../../scripts/provision/plan-view/text";
import { readPlanJson } from "../../scripts/provision/terraform/plan-json";
import { FakeWorld } from "./fake-world";
import { type PlannedJson, planJson } from "./plan-json";
import { commands, run } from "./runs";
import { toyEnvironment } from "./toys";

function reading(...given: Parameters<typeof planJson>) {
  const plan = readPlanJson(planJson(...given), (text) => text.replaceAll("known-secret", "***"));
  if (plan === undefined) throw new Error("no plan");
  // Another one for each plan, and tested by itself.
  const { digest, ...others } = plan;
  expect(digest).toHaveLength(64);
  return { ...others, pending: true };
}

const updated = (change: PlannedJson) => planText(reading({ "aws_x.a": change })).slice(1);
const summary = (plan: ReturnType<typeof reading>, columns = 80) =>
  planSummary({ ink: pc.createColors(false), columns, everything: "FILE" }, plan);

describe("A changed value is shown", () => {
  test.each<[string, PlannedJson, readonly string[]]>([
    ["with old and new", { before: { n: 7, m: 1 }, after: { n: 14, m: 1 } }, ["    ~ n = 7 -> 14"]],
    ["when it appears", { before: { n: null }, after: { n: "x" } }, ['    + n = "x"']],
    ["when it disappears", { before: { n: "x" }, after: { n: null } }, ['    - n = "x"']],
    [
      "by the keys of its map",
      { before: { tags: { "a/b": "1" } }, after: { tags: { "a/b": "2", c: "3" } } },
      ['    ~ tags["a/b"] = "1" -> "2"', '    + tags.c = "3"'],
    ],
    [
      "by its elements",
      { before: { ids: ["a", "b"] }, after: { ids: ["b", "c"] } },
      ['    - ids[0] = "a"', '    + ids[1] = "c"'],
    ],
    [
      "by its elements in order",
      { before: { ids: ["a", "b"] }, after: { ids: ["b", "a"] } },
      ['    ~ ids = ["a","b"] -> ["b","a"]'],
    ],
    [
      "by the one block that changes",
      {
        before: {
          rule: [
            { name: "x", n: 1 },
            { name: "y", n: 1 },
          ],
        },
        after: {
          rule: [
            { name: "y", n: 2 },
            { name: "x", n: 1 },
          ],
        },
      },
      ["    ~ rule[0].n = 1 -> 2"],
    ],
    [
      "by the block that is added",
      {
        before: { rule: [{ n: 1, s: null }] },
        after: {
          rule: [
            { n: 1, s: null },
            { n: 2, s: null },
          ],
        },
      },
      ["    + rule[1].n = 2"],
    ],
    [
      "as known after apply",
      { before: { arn: "x" }, after: {}, after_unknown: { arn: true } },
      ['    ~ arn = "x" -> (known after apply)'],
    ],
    [
      "as what forces a replacement",
      { actions: ["delete", "create"], before: { n: 1 }, after: { n: 2 }, replace_paths: [["n"]] },
      ["    ~ n = 1 -> 2 # forces replacement"],
    ],
    [
      "as what forces a replacement by itself",
      { actions: ["delete", "create"], before: { n: 1 }, after: { n: 1 }, replace_paths: [["n"]] },
      ["    ~ n = 1 -> 1 # forces replacement"],
    ],
    [
      "inside JSON",
      { before: { policy: '{"a":[1],"b":{"c":1}}' }, after: { policy: '{"b":{"c":2},"a":[1]}' } },
      ["    ~ policy = (JSON)", "        ~ b.c = 1 -> 2"],
    ],
    [
      "inside a text",
      { before: { script: "a\nb\nc" }, after: { script: "a\nB\nc" } },
      ["    ~ script = (text)", "        - b", "        + B"],
    ],
  ])("%s", (_, change, lines) => {
    expect(updated(change)).toEqual(lines);
  });
});

describe("A secret leaves no trace:", () => {
  const secret = "s3cret-value-xyz";
  test.each<[string, PlannedJson]>([
    ["marked before", { before: { p: secret }, after: { p: "x" }, before_sensitive: { p: true } }],
    ["marked after", { before: { p: secret }, after: { p: `${secret}2` }, after_sensitive: { p: true } }],
    ["marked as a whole", { before: {}, after: { p: { q: [secret] } }, after_sensitive: { p: true } }],
    [
      "marked in a list",
      {
        before: { p: [{ q: 1 }] },
        after: { p: [{ q: 1 }, { q: secret }] },
        after_sensitive: { p: [{}, { q: true }] },
      },
    ],
    [
      "marked in a set with unknown elements",
      {
        before: { p: [] },
        after: { p: [secret] },
        after_unknown: { p: [true, false] },
        after_sensitive: { p: [false, true] },
      },
    ],
    [
      "within what is replaced by another type",
      { before: { p: { q: secret } }, after: { p: "x" }, before_sensitive: { p: { q: true } } },
    ],
    [
      "in another order",
      {
        before: { p: [secret, "a"] },
        after: { p: ["a", secret] },
        before_sensitive: { p: [true, false] },
        after_sensitive: { p: [false, true] },
      },
    ],
    [
      "copied without its mark",
      {
        before: { tags: {} },
        after: { tags: { a: secret }, all: `x${secret}` },
        after_sensitive: { tags: { a: true } },
      },
    ],
    [
      "copied into JSON",
      {
        before: {},
        after: { a: `${secret}\n"x"`, b: JSON.stringify({ c: `${secret}\n"x"` }) },
        after_sensitive: { a: true },
      },
    ],
    [
      "forcing a replacement",
      {
        actions: ["delete", "create"],
        before: { p: secret },
        after: { p: secret },
        before_sensitive: { p: true },
        after_sensitive: { p: true },
        replace_paths: [["p"]],
      },
    ],
    [
      "known to the run",
      { before: {}, after: { "known-secret": "url known-secret", q: '{"a":"known-secret"}' } },
    ],
  ])("%s", (_, change) => {
    const plan = { ...reading({ "aws_x.a": change }), unmasked: [] };
    const traces = [JSON.stringify(plan), planText(plan).join("\n"), summary(plan).join("\n")].join("\n");
    expect(traces).toMatch(/sensitive|\*\*\*/);
    expect(traces).not.toMatch(/s3cret|known-secret/);
  });

  test("in outputs and in what changed outside Terraform", () => {
    const change = {
      actions: ["update"],
      before: "x",
      after: secret,
      before_sensitive: false,
      after_sensitive: true,
    };
    const drift = { before: { p: "x" }, after: { p: secret }, after_sensitive: { p: true } };
    const plan = reading(
      {},
      {
        output_changes: { o: change },
        resource_drift: [
          { address: "aws_x.a", type: "aws_x", name: "a", change: { actions: ["update"], ...drift } },
        ],
      },
    );
    expect(planText(plan)).toEqual([
      "~ output o = (sensitive) -> (sensitive)",
      "! aws_x.a has values that Terraform did not set",
      "    ~ p = (sensitive) -> (sensitive)",
    ]);
  });
});

describe("What differs without Terraform", () => {
  const drift = (found: Readonly<Record<string, PlannedJson>>) => ({
    resource_drift: (JSON.parse(planJson(found)) as { resource_changes: unknown }).resource_changes,
  });
  const filled = { before: { rules: [] }, after: { rules: ["x"] } };

  test("is shown with the change that undoes it", () => {
    const plan = reading(
      {
        "aws_x.a": { before: { n: 2 }, after: { n: 1 } },
        "aws_x.b": { before: { n: 2, m: 2 }, after: { n: 1, m: 1 } },
        "aws_x.gone": { actions: ["create"], before: null, after: { n: 1 } },
        "aws_db_instance.db": { actions: ["delete"], before: { id: "db" }, after: null },
      },
      drift({
        "aws_x.a": { before: { n: 1, tags: {} }, after: { n: 2, tags: null } },
        "aws_x.b": { before: { n: 1, m: 1 }, after: { n: 2, m: 2 } },
        "aws_x.gone": { actions: ["delete"], before: { n: 1 }, after: null },
        "aws_db_instance.db": { before: { protect: true }, after: { protect: false } },
      }),
    );
    expect(summary(plan)).toEqual([
      "  - aws_db_instance.db will be deleted; its data will be lost",
      "      ! changed outside Terraform: protect = true -> false",
      "  ~ aws_x.a",
      "      ~ n = 2 -> 1",
      "      ! changed outside Terraform: n = 1 -> 2",
      "  ~ aws_x.b",
      "      ~ n = 2 -> 1",
      "      ~ m = 2 -> 1",
      "      ! changed outside Terraform:",
      "          ~ n = 1 -> 2",
      "          ~ m = 1 -> 2",
      "  ! aws_x.gone was deleted outside Terraform",
      "  + 1 to create:",
      "      aws_x  gone",
      "  1 to add, 2 to change, 1 to destroy",
      "  All values: FILE",
    ]);
  });

  test("and stays as it is, is one line, which is no warning, and hides no change", () => {
    const objects = Array.from({ length: 45 }, (_, index) => [`aws_x.n${index}`, filled] as const);
    const plan = reading(
      { "aws_security_group.sg": { before: { open: false }, after: { open: true } } },
      drift(Object.fromEntries(objects)),
    );
    expect(summary(plan)).toEqual([
      "  ~ aws_security_group.sg",
      "      ~ open = false -> true",
      "  0 to add, 1 to change, 0 to destroy",
      "  45 objects have values that Terraform did not set; the file lists them",
      "  All values: FILE",
    ]);
    const text = planText(plan);
    expect(text.slice(2, 4)).toEqual([
      "! aws_x.n0 has values that Terraform did not set",
      '    + rules[0] = "x"',
    ]);
    const yellow = planSummary({ ink: pc.createColors(true), columns: 80, everything: "FILE" }, plan);
    expect(yellow.find((line) => line.includes("45 objects"))).not.toContain("\u001b[33m");
  });

  test("is counted where nothing changes", () => {
    const gone = { actions: ["delete"], before: { n: 1 }, after: null };
    const plan = reading({}, drift({ "aws_x.a": filled, "aws_x.b": gone }));
    expect(summary({ ...plan, pending: false })).toEqual([
      "  no changes",
      "  1 object has values that Terraform did not set, and 1 object was deleted outside Terraform",
    ]);
  });

  test.each([
    [null, ""],
    [null, []],
    [{}, null],
    [[], ""],
  ])("is nothing where %j became %j", (before, after) => {
    const plan = reading({}, drift({ "aws_x.a": { before: { v: before }, after: { v: after } } }));
    expect(plan.drift).toEqual([]);
  });
});

test("every change in place is named before the values of others fill the screen", () => {
  const values = (sign: string) =>
    Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`v${index}`, sign]));
  const changed = (name: string) => ({ before: values("a"), after: values(name) });
  const names = Array.from({ length: 12 }, (_, index) => `aws_x.n${index}`);
  const replaced = { ...changed("b"), actions: ["delete", "create"], replace_paths: [["v0"]] };
  const lines = summary(
    reading({
      ...Object.fromEntries(names.map((name) => [name, changed(name)])),
      ...Object.fromEntries(["a", "b", "c", "d"].map((name) => [`aws_y.${name}`, replaced])),
    }),
  );
  for (const name of names) expect(lines).toContain(`  ~ ${name}`);
  expect(lines.filter((line) => line.includes("will be replaced"))).toHaveLength(4);
  expect(lines.length).toBeLessThanOrEqual(44);
});

test("what ends an object is first, says what is lost and what forces it, and creations are last, by type", () => {
  const create = Array.from(
    { length: 12 },
    (_, index) =>
      [
        `aws_subnet.private-us-west-2${"abcdefghijkl"[index] ?? ""}`,
        { actions: ["create"], before: null, after: { cidr: "x" } },
      ] as const,
  );
  const plan = reading({
    ...Object.fromEntries(create),
    "aws_x.a": { before: { n: 1 }, after: { n: 2 } },
    "aws_vpc.vpc": {
      actions: ["delete", "create"],
      before: { cidr: "a", id: "vpc-1" },
      after: { cidr: "b" },
      after_unknown: { id: true },
      replace_paths: [["cidr"]],
    },
    "aws_rds_cluster.db": { actions: ["delete"], before: { id: "db" }, after: null },
    "aws_y.imported": { actions: ["no-op"], before: {}, after: {}, importing: { id: "y-1" } },
    "aws_z.kept": { actions: ["forget"], before: {}, after: null },
  });
  expect(summary(plan)).toEqual([
    "  - aws_rds_cluster.db will be deleted; its data will be lost",
    "  -/+ aws_vpc.vpc will be replaced, because cidr changes",
    '      ~ cidr = "a" -> "b" # forces replacement',
    "  ~ aws_x.a",
    "      ~ n = 1 -> 2",
    '  < aws_y.imported will be imported from "y-1"',
    "  . aws_z.kept will no longer be managed, and stays as it is",
    "  + 12 to create:",
    "      aws_subnet (12)  private-us-west-2a, private-us-west-2b,",
    "          private-us-west-2c, private-us-west-2d, private-us-west-2e,",
    "          ... and others, 12 in all",
    "  13 to add, 1 to change, 2 to destroy, 2 to import, move or remove from the state",
    "  All values: FILE",
  ]);
});

test("what is replaced with another object, many deletions and equal changes are shown together", () => {
  const follows = {
    actions: ["delete", "create"],
    before: { vpc: "vpc-1", arn: "a" },
    after: {},
    after_unknown: { vpc: true, arn: true },
    replace_paths: [["vpc"]],
  };
  const tagged = { before: { tags: {}, tags_all: {} }, after: { tags: { a: "b" }, tags_all: { a: "b" } } };
  const plan = reading({
    ...Object.fromEntries(["a", "b"].map((name) => [`aws_subnet.${name}`, follows])),
    "aws_efs_file_system.files": follows,
    "aws_route.tainted": { ...follows, before: { vpc: "vpc-1" }, after: { vpc: "vpc-2" }, after_unknown: {} },
    ...Object.fromEntries(
      ["a", "b", "c", "d", "e", "f"].map((name) => [
        `aws_rule.${name}`,
        { actions: ["delete"], before: {}, after: null },
      ]),
    ),
    ...Object.fromEntries(["a", "b", "c"].map((name) => [`aws_x.${name}`, tagged])),
  });
  expect(summary(plan)).toEqual([
    "  -/+ aws_efs_file_system.files will be replaced, because vpc changes; its files will be lost",
    "  -/+ aws_route.tainted will be replaced, because vpc changes",
    '      ~ vpc = "vpc-1" -> "vpc-2" # forces replacement',
    "  -/+ 2 to replace with what they belong to:",
    "      aws_subnet (2) because of vpc: a, b",
    "  - 6 to delete:",
    "      aws_rule (6)  a, b, c, d, e, f",
    "  ~ 3 objects, each:",
    '      + tags.a = "b"',
    "      aws_x.a, aws_x.b, aws_x.c",
    "  4 to add, 3 to change, 10 to destroy",
    "  All values: FILE",
  ]);
});

test("a long plan is cut, but for what ends an object, and fits 80 columns", () => {
  const long = "x".repeat(500);
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `aws_x.${"name-".repeat(6)}${index}`,
      { before: { v: "a" }, after: { v: `${index}${long}` } },
    ]),
  );
  const replaced = {
    actions: ["delete", "create"],
    before: { v: 1 },
    after: { v: 2 },
    replace_paths: [["v"]],
  };
  const ending = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`aws_y.n${index}`, replaced]));
  const lines = summary(reading({ ...many, ...ending }));
  expect(lines.filter((line) => line.includes("will be replaced"))).toHaveLength(50);
  expect(lines.at(-1)).toBe("  150 more lines; all values: FILE");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  const short = summary(reading({ "aws_x.a": { before: { v: "a" }, after: { v: long } } }));
  expect(short[1]).toContain("... (502 characters)");
  expect(Math.max(...short.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test.each(["", "no plan known-secret", '{"format_version":"2.0","resource_changes":[]}'])(
  "%j is no plan",
  (text) => {
    expect(readPlanJson(text, String)).toBeUndefined();
  },
);

describe("In a run", () => {
  const shows = (world: FakeWorld) => commands(world, "show").length;
  const resized = `${toyEnvironment}layers: { ground: { cidr: 10.1.0.0/16 } }\n`;

  test("each plan with changes is read once, a plan without changes not at all", async () => {
    const world = new FakeWorld();
    await run(world, "apply --env dev --yes");
    expect(shows(world)).toBe(4);
    await run(world, "plan --env dev");
    expect(shows(world)).toBe(4);
    await run(world, "destroy --env dev --yes --allow-data-loss house,cellar,ground,roof");
    expect(shows(world)).toBe(commands(world, "plan").length - 4);
    expect(
      world.commands
        .filter(({ arguments: [first] }) => first === "show")
        .every(({ arguments: words }) => words.includes("-json")),
    ).toBe(true);
  });

  test("screen, log and file show the old and the new value, and the screen names the file", async () => {
    const world = new FakeWorld();
    await run(world, "apply --env dev --yes");
    world.texts.set("configs/dev.yaml", resized);
    const kinds = new Map<string, unknown>();
    const write = world.files.write.bind(world.files);
    Object.assign(world.files, {
      write: (...given: Parameters<typeof write>) => {
        kinds.set(given[0], given[2]);
        write(...given);
      },
    });
    await run(world, "plan --env dev --only ground");
    expect(kinds.get(".provision/dev/plans/ground.txt")).toBe("secret");
    const line = '~ cidr_block = "10.0.0.0/16" -> "10.1.0.0/16"';
    expect(world.printed).toContain(`      ${line}`);
    expect(world.printed).toContainEqual(
      expect.stringMatching(/^ {2}Plan [0-9a-f]{8}; all values: \.provision\/dev\/plans\/ground\.txt$/),
    );
    expect(world.texts.get(".provision/dev/plans/ground.txt")).toContain(line);
    expect(world.texts.get(".provision/logs/dev/2026-01-01T09-00-00/ground.log")).toContain(line);
    world.texts.set("configs/dev.yaml", toyEnvironment);
    await run(world, "plan --env dev --only ground");
    expect(world.texts.has(".provision/dev/plans/ground.txt")).toBe(false);
  });

  test("a plan that cannot be read is not applied", async () => {
    const world = new FakeWorld();
    const start = world.processes.run.bind(world.processes);
    Object.assign(world.processes, {
      run: async (command: Parameters<typeof start>[0]) => {
        const finished = await start(command);
        return command.arguments.includes("show")
          ? { ...finished, stdout: '{"format_version":"2.0"}' }
          : finished;
      },
    });
    expect(await run(world, "apply --env dev --yes")).toMatchObject({
      message: 'Cannot read the plan of "cellar": terraform show -json printed no plan of format 1',
      hint: "Use a released version of Terraform or OpenTofu, 1.11 or later",
    });
    expect(commands(world, "apply")).toEqual([]);
  });

  test("a plan that cannot be written to its file is shown and applied", async () => {
    const world = new FakeWorld();
    const write = world.files.write.bind(world.files);
    Object.assign(world.files, {
      write: (...given: Parameters<typeof write>) => {
        if (given[0].includes("/plans/")) throw new Error("no space is left");
        write(...given);
      },
    });
    expect(await run(world, "apply --env dev --yes --only cellar")).toBe(0);
    expect(world.printed).toContain(
      "  no space is left; the run goes on, but its logs, journal and times may be incomplete",
    );
    expect(world.printed.join("\n")).toMatch(/3 to create[^]*3 to add/);
    expect(world.printed.join("\n")).not.toContain("all values");
  });
});
