import { describe, expect, test } from "vitest";
import { readPlanJson } from "../../scripts/provision/terraform/plan-json";
import { FakeWorld } from "./fake-world";
import { type PlannedJson, planJson } from "./plan-json";
import { commands, run } from "./runs";
import { toyEnvironment } from "./toys";

const secret = "s3cret-value-xyz";

function digestOf(
  changes: Readonly<Record<string, PlannedJson>>,
  others: Readonly<Record<string, unknown>> = {},
): string {
  const plan = readPlanJson(planJson(changes, others), String);
  if (plan === undefined) throw new Error("no plan");
  return plan.digest;
}

const network: PlannedJson = {
  actions: ["create"],
  before: null,
  after: { cidr_block: "10.0.0.0/16", tags: { Name: "dev", Team: "edge" } },
  after_unknown: { id: true },
};

describe("the digest of a plan", () => {
  test("is that of its changes, whatever else Terraform prints, and in whichever order", () => {
    const after = { tags: { Team: "edge", Name: "dev" }, cidr_block: "10.0.0.0/16" };
    const again = digestOf(
      { "aws_vpc.vpc": { ...network, after }, "aws_x.kept": { actions: ["no-op"] } },
      { timestamp: "2026-01-01T00:00:00Z", terraform_version: "1.12.0", applyable: true },
    );
    expect(again).toBe(digestOf({ "aws_vpc.vpc": network }));
    expect(again).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, PlannedJson]>([
    ["an action", { ...network, actions: ["update"] }],
    ["a value", { ...network, after: { cidr_block: "10.1.0.0/16", tags: { Name: "dev", Team: "edge" } } }],
    ["a value that is known", { ...network, after_unknown: {} }],
    ["what forces a replacement", { ...network, replace_paths: [["cidr_block"]] }],
    ["an import", { ...network, importing: { id: "vpc-1" } }],
  ])("is another one with %s", (_, other) => {
    expect(digestOf({ "aws_vpc.vpc": other })).not.toBe(digestOf({ "aws_vpc.vpc": network }));
  });

  test("is another one with another address, or another output", () => {
    const output = (after: string) => ({
      output_changes: { id: { actions: ["create"], before: null, after } },
    });
    const digests = [
      digestOf({ "aws_vpc.vpc": network }),
      digestOf({ "aws_vpc.other": network }),
      digestOf({ "aws_vpc.vpc": network }, output("a")),
      digestOf({ "aws_vpc.vpc": network }, output("b")),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  test("depends on secret values, which are in nothing else that is read of a plan", () => {
    const withPassword = (password: string): PlannedJson => ({
      ...{ before: { password: "" }, after: { password } },
      after_sensitive: { password: true },
    });
    const one = { "aws_rds_cluster.db": withPassword(secret) };
    expect(digestOf(one)).not.toBe(digestOf({ "aws_rds_cluster.db": withPassword("another") }));
    const { unmasked, ...read } = readPlanJson(planJson(one), String) ?? {};
    expect(JSON.stringify(unmasked)).toContain(secret);
    expect(JSON.stringify(read)).not.toContain(secret);
  });

  test("of a deletion is that of the object, not of what a service changes in it by itself", () => {
    const deleting = (id: string, status: string): Readonly<Record<string, PlannedJson>> => ({
      "aws_x.y": { actions: ["delete"], before: { id, status }, after: null },
    });
    expect(digestOf(deleting("i-1", "busy"))).toBe(digestOf(deleting("i-1", "idle")));
    expect(digestOf(deleting("i-1", "busy"))).not.toBe(digestOf(deleting("i-2", "busy")));
  });

  test("is the one that people compare: on the screen before the question, and in the documents", async () => {
    const world = new FakeWorld();
    await run(world, "apply --env dev --yes");
    world.texts.set("configs/dev.yaml", `${toyEnvironment}layers:\n  ground: { cidr: 10.1.0.0/16 }\n`);
    world.answering("no").printed.length = 0;
    await run(world, "apply --env dev --only ground");
    const shown = /Plan ([0-9a-f]{8});/.exec(world.printed.join("\n"))?.[1] ?? "nothing";
    world.printed.length = 0;
    await run(world, "plan --env dev --only ground --json");
    const printed = [...world.printed];
    const { layers } = JSON.parse(printed.join("\n")) as { readonly layers: { digest: string }[] };
    expect(layers[0]?.digest.slice(0, 8)).toBe(shown);
    await run(world, "plan --env dev --only ground --format markdown");
    expect(world.printed.join("\n")).toContain(`0 to destroy (plan ${shown})</summary>`);
  });
});

/** A world in which something else has the last word on the plan's file while the operator thinks. */
function replacing(replace: (world: FakeWorld, path: string) => void): FakeWorld {
  const world = new FakeWorld().answering("yes", "yes");
  const ask = world.terminal.ask.bind(world.terminal);
  Object.assign(world.terminal, {
    ask: (question: string) => {
      if (question.includes("ground")) replace(world, "cdktf.out/dev/stacks/ground/layer.tfplan");
      return ask(question);
    },
  });
  return world;
}

describe("a plan's file that changes while it is approved", () => {
  test.each([
    [
      "was replaced",
      (world: FakeWorld, path: string) => void world.texts.set(path, '{"changes":[],"serial":0}'),
    ],
    ["is gone", (world: FakeWorld, path: string) => void world.texts.delete(path)],
  ])("is not applied when it %s", async (truth, replace) => {
    const world = replacing(replace);
    expect(await run(world, "apply --env dev --until ground")).toMatchObject({
      message: `Cannot apply "ground": the file of its plan ${truth} after the plan was read; nothing of it was applied`,
      hint: "End what else writes cdktf.out/dev/stacks/ground/layer.tfplan, and run: npx ts-node scripts/provision.ts --env dev --from ground --until ground",
      exitCode: 6,
    });
    expect(commands(world, "apply")).toEqual(["cellar apply"]);
    expect(world.texts.has("cdktf.out/dev/stacks/ground/layer.tfplan")).toBe(false);
  });

  test("is applied when it only was written again as it was", async () => {
    const world = replacing((world, path) => void world.texts.set(path, world.texts.get(path) ?? ""));
    expect(await run(world, "apply --env dev --until ground")).toBe(0);
  });
});
