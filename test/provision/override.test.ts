import { beforeEach, expect, test } from "vitest";
import type { AnyLayer } from "../../lib/layer/layer";
import type { Override, PlannedChange } from "../../lib/layer/override";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar, ground, toyEnvironment } from "./toys";

const corrected = "10.9.0.0/16";
let world: FakeWorld;
let seen: (readonly PlannedChange[])[];

/** A network whose plan AWS would refuse, unless it is created. */
const choosy: AnyLayer = {
  ...ground,
  override(changes): Override | undefined {
    seen.push(changes);
    const refused = changes.some(({ type, actions }) => type === "aws_vpc" && actions.includes("update"));
    if (!refused) return undefined;
    return {
      json: { resource: { aws_vpc: { vpc: { cidr_block: corrected } } } },
      note: "Corrects the range",
    };
  },
};
const layers = [cellar, choosy];
const overrideFiles = () =>
  [...world.texts.keys()].filter((name) => name.endsWith("/provision_override.tf.json"));
/** The range of the VPC in the layer's state. */
const range = () =>
  /"cidr_block":"(10\.\d+\.0\.0\/16)"/.exec(
    world.cloud.stored.get("dev-state/us-west-2/ground/dev") ?? "",
  )?.[1];

function resize(): void {
  world.texts.set("configs/dev.yaml", `${toyEnvironment}layers: { ground: { cidr: 10.1.0.0/16 } }\n`);
}

beforeEach(async () => {
  world = new FakeWorld();
  seen = [];
  await run(world, "--env dev --yes", layers);
  world.printed.length = 0;
});

test("a plan that its layer leaves as it is, is created once", () => {
  expect(seen).toHaveLength(1);
  expect(range()).toBe("10.0.0.0/16");
});

test("a plan that its layer corrects is created again, shown and applied", async () => {
  resize();
  expect(await run(world, "--env dev --yes --only ground", layers)).toBe(0);
  expect(seen.at(-1)).toContainEqual({
    address: "aws_vpc.vpc",
    type: "aws_vpc",
    name: "vpc",
    actions: ["update"],
    before: expect.objectContaining({ cidr_block: "10.0.0.0/16" }) as unknown,
    after: expect.objectContaining({ cidr_block: "10.1.0.0/16" }) as unknown,
    isImport: false,
  });
  expect(range()).toBe(corrected);
  expect(world.printed).toContain("  Corrects the range");
  expect(overrideFiles()).toEqual([]);
});

test("plan shows the corrected plan too, and leaves no correction behind", async () => {
  resize();
  expect(await run(world, "plan --env dev --only ground", layers)).toBe(0);
  expect(world.printed).toContain("  Corrects the range");
  expect(range()).toBe("10.0.0.0/16");
  expect(overrideFiles()).toEqual([]);
});

test("a correction that a killed run left is not used", async () => {
  const folder = world.commands.find(({ folder }) => folder.endsWith("stacks/ground"))?.folder ?? "";
  const left = { resource: { aws_vpc: { vpc: { cidr_block: "10.2.0.0/16" } } } };
  world.texts.set(`${folder}/provision_override.tf.json`, JSON.stringify(left));
  expect(await run(world, "plan --env dev --detailed-exitcode --only ground", layers)).toBe(0);
  expect(overrideFiles()).toEqual([]);
});
