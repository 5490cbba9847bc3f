import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { FileError } from "../../lib/errors";
import { planJson } from "../../scripts/provision/plan-view/json";
import { planMarkdown } from "../../scripts/provision/plan-view/markdown";
import type { Planned } from "../../scripts/provision/plan-view/report";
import { planDocument } from "../../scripts/provision/plan-view/text";
import { readPlanJson } from "../../scripts/provision/terraform/plan-json";
import { FakeWorld } from "./fake-world";
import { type PlannedJson, planJson as terraformJson } from "./plan-json";
import { run } from "./runs";
import { toyEnvironment } from "./toys";

const secret = "s3cret-value-xyz";
const nasty = "```\r</details><img src=x>| @everyone `code`\u202e\u001b[31m";

function planned(
  changes: Readonly<Record<string, PlannedJson>>,
  others: Partial<Planned> & { readonly drift?: Readonly<Record<string, PlannedJson>> } = {},
): Planned {
  const { drift = {}, ...rest } = others;
  const drifted: unknown = JSON.parse(terraformJson(drift));
  const { resource_changes: resource_drift } = drifted as { readonly resource_changes: unknown };
  const outputs = { o: { actions: ["create"], before: null, after: secret, after_sensitive: true } };
  const plan = readPlanJson(terraformJson(changes, { output_changes: outputs, resource_drift }), String);
  if (plan === undefined) throw new Error("no plan");
  const { unmasked, ...reading } = plan;
  expect(unmasked).toHaveLength(Object.keys(changes).length);
  return {
    ...{ environment: "prod", account: "123456789012", region: "us-west-2", simulated: false },
    layers: [
      {
        row: { layer: "vpc", kind: "to change", seconds: 1 },
        plan: { ...reading, pending: true },
        inCluster: [],
      },
      { row: { layer: "eks", kind: "waiting", because: "vpc", seconds: 0 }, inCluster: [] },
    ],
    ...rest,
  };
}

const database = {
  actions: ["delete"],
  before: { id: "db", password: secret },
  after: null,
  before_sensitive: { password: true },
};
const network = {
  actions: ["delete", "create"],
  before: { cidr: "a" },
  after: { cidr: "b" },
  after_unknown: { id: true },
  replace_paths: [["cidr"]],
};
const script = { before: { text: "a\nb" }, after: { text: `a\n${nasty}` } };
const small = { "aws_rds_cluster.db": database, "aws_vpc.vpc": network, "aws_x.script": script };

/** So many objects of each kind, with values of so many characters. */
function many(count: number, length: number): Readonly<Record<string, PlannedJson>> {
  const value = "v".repeat(length);
  const created = { actions: ["create"], before: null, after: { value } };
  const changed = { before: { value: "w" }, after: { value } };
  const entries = Array.from({ length: count }, (_, index) => [
    [`aws_new.n${index}`, created] as const,
    [`aws_old.o${index}`, changed] as const,
    [`aws_end.e${index}`, { actions: ["delete"], before: { value }, after: null }] as const,
  ]);
  return Object.fromEntries<PlannedJson>(entries.flat());
}

describe("Markdown", () => {
  test("has a table of the layers and every object that ends on top, and each layer folded", () => {
    const text = planMarkdown(planned(small, { next: "npx provision apply --env prod" }));
    expect(text.split("\n\n").slice(0, 5)).toEqual([
      "## Plan of prod: 1 to add, 1 to change, 2 to destroy",
      "> [!CAUTION]\n> Objects that end: data loss: 1, replacement: 1",
      "Account 123456789012, us&#45;west&#45;2",
      [
        "| layer | outcome | add | change | destroy | objects that end |",
        "| --- | --- | ---: | ---: | ---: | --- |",
        "| vpc | to change | 1 | 1 | 2 | data loss: 1, replacement: 1 |",
        "| eks | waiting for vpc |  |  |  |  |",
      ].join("\n"),
      "```diff\n- vpc: aws_rds_cluster.db will be deleted; its data will be lost\n-/+ vpc: aws_vpc.vpc will be replaced, because cidr changes\n```",
    ]);
    expect(text).toContain(
      "<details><summary><b>vpc</b>: 1 to add, 1 to change, 2 to destroy (plan 78bf20a5)</summary>\n\n````diff\n",
    );
    expect(text).toContain('\n!     cidr = "a" -> "b" # forces replacement\n');
    expect(text).toContain("\nNext: <code>npx provision apply &#45;&#45;env prod</code>\n");
  });

  test("has what was changed outside Terraform with the change that undoes it, and counts the rest", () => {
    const filled = { before: { rules: null }, after: { rules: ["x"] } };
    const text = planMarkdown(
      planned(
        {
          "aws_x.a": { before: { n: 2 }, after: { n: 1 } },
          "aws_x.gone": { actions: ["create"], before: null, after: { n: 1 } },
        },
        {
          drift: {
            "aws_x.a": { before: { n: 1 }, after: { n: 2 } },
            "aws_x.gone": { actions: ["delete"], before: { n: 1 }, after: null },
            ...{ "aws_x.b": filled, "aws_x.c": filled },
          },
        },
      ),
    );
    expect(text).toContain(
      "\n! aws_x.a\n!     n = 2 -> 1\n    ! changed outside Terraform: n = 1 -> 2\n+ output o = (sensitive)\n" +
        "! aws_x.gone was deleted outside Terraform\n+ aws_x.gone\n+     n = 1\n" +
        "2 objects have values that Terraform did not set\n```",
    );
  });

  test("is not ended, coloured or addressed by what values contain", () => {
    const [, inside = "", after = ""] = planMarkdown(planned({ "aws_x.script": script })).split("````");
    expect(inside).toContain(
      "+         ```\\u000d</details><img src=x>| @everyone `code`\\u202e\\u001b[31m\n",
    );
    expect(after).not.toMatch(/@|<img/);
    const failed = planMarkdown(planned({}, { failure: `Cannot plan "${nasty}"`, environment: nasty }));
    expect(failed).not.toMatch(/@everyone|<img|\u202e|^## .*`/m);
    expect(failed).toContain("> [!WARNING]\n> This plan is not complete: Cannot plan");
  });

  test.each([
    [[4, 10], undefined, /aws_new\.n3[^]*value = "v/],
    [[20, 60], "values of created objects", /aws_end\.e19[^]*aws_old\.o19\n! {5}value/],
    [
      [10, 300],
      "values of created objects, and parts of long values",
      /aws_old\.o9\n! {5}value = "w" -> "v+\.\.\. \(302 characters\)/,
    ],
    [
      [23, 200],
      "values of objects that are created or changed in place, and parts of long values",
      /aws_end\.e22 will be deleted[^]*\n! aws_old\.o22\n/,
    ],
    [[80, 300], "all values", /aws_end\.e79 will be deleted[^]*\n! aws_old\.o79\n/],
    [[130, 300], "everything but what is deleted or replaced", /aws_end\.e129 will be deleted/],
  ] as const)(
    "with objects, and values of characters, as many as %j, leaves out %s",
    ([count, length], without, held) => {
      const text = planMarkdown(planned(many(count, length)), 6_500);
      expect(text.length).toBeLessThanOrEqual(6_500);
      expect(/has room for 65,536 characters: (.*)\./.exec(text)?.[1]).toBe(without);
      expect(text).toMatch(held);
    },
  );

  test("says how many objects that end do not fit", () => {
    const text = planMarkdown(planned(many(2_000, 1)));
    expect(text.length).toBeLessThanOrEqual(65_000);
    const listed = text.match(/^- vpc: aws_end/gm)?.length ?? 0;
    expect(listed).toBeGreaterThan(900);
    expect(text).toContain(`and ${2_000 - listed} more objects, which do not fit here`);
  });
});

test("JSON has every change with its risk and its values, and what waits", () => {
  const document: unknown = JSON.parse(planJson(planned(small)));
  expect(document).toMatchObject({
    ...{ version: 1, environment: "prod", account: "123456789012", region: "us-west-2", simulated: false },
    ...{ complete: true, failure: null, next: null, waiting: ["eks"] },
    totals: { add: 1, change: 1, destroy: 2, dataLoss: 1, replacement: 1, deletion: 0 },
    layers: [
      {
        ...{ layer: "vpc", outcome: "to change", because: null, drift: [] },
        changes: [
          {
            address: "aws_rds_cluster.db",
            type: "aws_rds_cluster",
            name: "db",
            action: "delete",
            risk: "data loss",
            reason: null,
          },
          {
            ...{ address: "aws_vpc.vpc", action: "replace", risk: "replacement" },
            attributes: [
              {
                path: "cidr",
                before: "a",
                after: "b",
                sensitive: false,
                knownAfterApply: false,
                forcesReplacement: true,
              },
              {
                path: "id",
                before: null,
                after: null,
                sensitive: false,
                knownAfterApply: true,
                forcesReplacement: false,
              },
            ],
          },
          { address: "aws_x.script", action: "update", risk: "in place" },
        ],
        outputs: [
          {
            name: "o",
            action: "create",
            attributes: [{ path: "", before: null, after: null, sensitive: true }],
          },
        ],
      },
      { layer: "eks", outcome: "waiting", because: "vpc", changes: [] },
    ],
  });
  const guide = readFileSync("docs/guides/pull-requests.md", "utf8");
  const missing = [...keysOf(document)].filter((key) => !guide.includes(`\`${key}\``));
  expect(missing).toEqual([]);
});

function keysOf(value: unknown): Set<string> {
  if (typeof value !== "object" || value === null) return new Set();
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return new Set([...own, ...Object.values(value).flatMap((item: unknown) => [...keysOf(item)])]);
}

test.each([
  ["Markdown", planMarkdown],
  ["JSON", planJson],
  ["text", planDocument],
])("%s has no secrets", (_, write) => {
  const text = write(planned(small));
  expect(text).toContain("aws_rds_cluster.db");
  expect(text).not.toContain("s3cret");
});

describe("provision plan", () => {
  let world: FakeWorld;
  const resized = `${toyEnvironment}layers: { ground: { cidr: 10.1.0.0/16 } }\n`;

  beforeEach(async () => {
    world = new FakeWorld();
    await run(world, "apply --env dev --yes");
    world.texts.set("configs/dev.yaml", resized);
    world.printed.length = 0;
  });

  test.each([
    ["--format json", /^\{\n {2}"version": 1,[^]*\n\}$/],
    ["--json", /^\{\n {2}"version": 1,[^]*\n\}$/],
    [
      "--format markdown",
      /^## Plan of dev: 0 to add, 4 to change, 0 to destroy\n[^]*scripts\/provision&#46;ts &#45;&#45;env dev<\/code>$/,
    ],
  ])("%s prints the document and nothing else", async (option, document) => {
    expect(await run(world, `plan --env dev ${option}`)).toBe(0);
    expect(world.printed.join("\n")).toMatch(document);
  });

  test.each([
    ["text", "Plan of dev, account 123456789012, us-west-2"],
    ["markdown", "## Plan of dev: 0 to add, 4 to change, 0 to destroy"],
    ["json", "{"],
  ])("--format %s --out writes it, and the screen stays as it is", async (format, first) => {
    expect(await run(world, `plan --env dev --format ${format} --out out/plan`)).toBe(0);
    expect(world.texts.get("out/plan")?.split("\n")[0]).toBe(first);
    expect(world.printed).toContain('      ~ cidr_block = "10.0.0.0/16" -> "10.1.0.0/16"');
    expect(world.printed).toContain("  The plan is in out/plan");
    expect(world.printed.at(-1)).toBe("  Next: npx ts-node scripts/provision.ts --env dev");
  });

  test("has what was planned before a layer failed, and says so", async () => {
    world.faults.locked.add("house");
    const failure = await run(world, "plan --env dev --json");
    expect(failure).toMatchObject({ exitCode: 5 });
    const document: unknown = JSON.parse(world.printed.join("\n"));
    expect(document).toMatchObject({
      complete: false,
      failure: (failure as Error).message,
      totals: { change: 4 },
      layers: [
        { layer: "cellar", outcome: "unchanged" },
        { layer: "ground", outcome: "to change" },
        { layer: "house", outcome: "failed" },
        { layer: "roof", outcome: "not run", because: "house failed" },
      ],
    });
  });

  test("writes what was planned before a layer failed to the file, too", async () => {
    world.faults.locked.add("house");
    expect(await run(world, "plan --env dev --format markdown --out plan.md")).toMatchObject({ exitCode: 5 });
    expect(world.texts.get("plan.md")).toContain("> [!WARNING]\n> This plan is not complete: Cannot plan");
    expect(world.printed).toContain("  The plan, as far as it got, is in plan.md");
  });

  test("with a document that cannot be written ends with what failed first", async () => {
    const write = world.files.write.bind(world.files);
    Object.assign(world.files, {
      write: (path: string, text: string) => {
        if (path === "taken") throw new Error('Cannot write "taken": it is a folder');
        write(path, text);
      },
    });
    await expect(run(world, "plan --env dev --json --out taken")).rejects.toThrow("it is a folder");
    world.faults.locked.add("house");
    expect(await run(world, "plan --env dev --json --out taken")).toMatchObject({ exitCode: 5 });
    expect(world.printed).toContain('  Cannot write "taken": it is a folder');
  });

  test.each([
    ["plan --env dev --until ground", "--env dev --until ground"],
    ["plan --env dev --only ground", "--env dev --only ground"],
  ])("%s is followed by an apply of the same layers", async (line, next) => {
    await run(world, line);
    expect(world.printed.at(-1)).toBe(`  Next: npx ts-node scripts/provision.ts ${next}`);
  });

  test.each([
    ["--only ground", "--env dev --until ground"],
    ["--from ground --until house", "--env dev --until house"],
    ["--from ground", "--env dev"],
  ])(
    "%s of what waits for another layer is followed by an apply of those, and those before",
    async (some, next) => {
      const empty = new FakeWorld();
      await run(empty, `plan --env dev ${some}`);
      expect(empty.printed.at(-1)).toBe(`  Next: npx ts-node scripts/provision.ts ${next}`);
    },
  );

  test("of an empty account says why layers wait, and which command follows", async () => {
    const empty = new FakeWorld();
    expect(await run(empty, "plan --env dev")).toBe(0);
    expect(empty.printed.filter((line) => line.startsWith("  Waiting for"))).toEqual([
      "  Waiting for cellar, which creates the bucket for its state; 4 resources are declared",
      "  Waiting for cellar, which creates the bucket for its state; 2 resources are declared",
      "  Waiting for cellar, which creates the bucket for its state; 1 resource is declared",
    ]);
    expect(empty.printed.slice(-2)).toEqual([
      "  3 layers wait for what earlier layers create: apply plans each layer when its turn comes, and asks before it changes anything",
      "  Next: npx ts-node scripts/provision.ts --env dev",
    ]);
  });
});

test.each([
  ["plan --env dev --out configs/dev.yaml", "--out"],
  ["plan --env dev --out configs/new.md", "--out"],
  ["plan --env dev --timings configs/dev.yaml", "--timings"],
  ["plan --env team/dev.yaml --out team/dev.yaml", "--out"],
])("an environment file is not replaced by: %s", async (line, option) => {
  const world = new FakeWorld();
  world.texts.set("team/dev.yaml", world.texts.get("configs/dev.yaml") ?? "");
  const before = new Map(world.texts);
  expect(await run(world, line)).toMatchObject({
    message: `Cannot write "${line.split(" ").at(-1) ?? ""}": it is among the environment files`,
    hint: `Choose another path for ${option}`,
    exitCode: 64,
  });
  expect(world.texts).toEqual(before);
  expect(world.ran).toEqual([]);
});

test("a file that cannot be written is refused before the plan", async () => {
  const world = new FakeWorld();
  const error = new FileError('Cannot write "taken": it is a folder', "Specify the path of a file");
  Object.assign(world.files, {
    assertWritable: () => {
      throw error;
    },
  });
  expect(await run(world, "plan --env dev --out taken")).toBe(error);
  expect(world.ran).toEqual([]);
});

test("standard output gets the plan without --out", async () => {
  const world = new FakeWorld();
  expect(await run(world, "plan --env dev --json --out /dev/stdout")).toMatchObject({
    hint: "Omit --out; --format markdown and --format json print nothing but the plan",
  });
  expect(world.ran).toEqual([]);
});
