import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { expect, test } from "vitest";
import { z } from "zod";
import type { CapacityReport } from "../../capacity/report";
import { policyDocument } from "../../lib/constructs/iam-policy";
import { type AnyLayer, defineLayer } from "../../lib/layer/layer";
import { actions } from "../../lib/layer/rights";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar, toyEnvironment } from "./toys";

// An extension brings a type of resource that no table of the product knows.
const undeclared = defineLayer({
  name: "shop",
  summary: "Queue of orders",
  settings: z.strictObject({}),
  needs: {},
  outputs: {},
  build(stack) {
    new SqsQueue(stack, "orders", { name: `${stack.environment.name}-orders` });
    return {};
  },
});

const declared = defineLayer({
  ...undeclared,
  rights: {
    aws_sqs_queue: {
      resources: ["sqs:{region}:{account}:{name}"],
      actions: actions("sqs", "CreateQueue DeleteQueue GetQueueAttributes SetQueueAttributes"),
    },
  },
  quotas: {
    aws_sqs_queue: [
      {
        quota: { service: "sqs", code: "L-TOY", name: "Toy queues", default: 10, scope: "region" },
        amount: () => 7,
      },
    ],
  },
  prices: {
    aws_sqs_queue: [
      { item: "queue requests", unit: "million", usd: { "us-west-2": 0.4 }, amount: [1, 10], assumed: true },
    ],
  },
});

/** A world whose environment file names an extension with this layer. */
function extendedBy(layer: AnyLayer): FakeWorld {
  const world = new FakeWorld();
  const file = world.texts.get("configs/dev.yaml") ?? "";
  world.texts.set("configs/dev.yaml", `${file}extensions: [../shop/layer]\n`);
  Object.assign(world.product, { loadModule: () => ({ layer }) });
  return world;
}

const textOf = (world: FakeWorld) => world.printed.join("\n");

test("iam lists the rights that an extension declares, limited to its resources", async () => {
  const world = extendedBy(declared);
  expect(await run(world, "iam --env dev")).toBe(0);
  const policies = JSON.parse(textOf(world)) as { Statement: unknown[] }[];
  expect(policies.flatMap(({ Statement }) => Statement)).toContainEqual({
    Effect: "Allow",
    Action: ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes"],
    Resource: ["arn:aws:sqs:us-west-2:123456789012:dev-orders"],
  });
});

test("iam refuses an extension that declares no rights, and names the type and the layer", async () => {
  const world = extendedBy(undeclared);
  expect(await run(world, "iam --env dev")).toMatchObject({
    message: 'Cannot list the deployer\'s rights: no rights are known for "aws_sqs_queue" in layer "shop"',
    hint: 'Declare the type in "rights" of "shop", as docs/guides/adding-a-layer.md shows',
    exitCode: 1,
  });
  expect(textOf(world)).toBe("");
});

test("capacity has the quotas and prices that an extension declares", async () => {
  const world = extendedBy(declared);
  expect(await run(world, "capacity --env dev")).toBe(0);
  expect(textOf(world)).toMatch(/│ Toy queues +│ sqs\/L-TOY +│ +7 │ +10 │/);
  expect(textOf(world)).toMatch(/│ shop +│ queue requests +│ 1 to 10 million \* +│ +0 │ +4 │/);
  expect(textOf(world)).not.toMatch(/not priced/i);
});

test("capacity lists types of extensions without a price, and where to declare them", async () => {
  const world = extendedBy(undeclared);
  expect(await run(world, "capacity --env dev")).toBe(0);
  expect(textOf(world)).toMatch(/│ shop +│ aws_sqs_queue +│ not priced +│ +│ +│/);
  expect(textOf(world)).toContain(
    'Not priced: declare the types in "prices" of "shop", as docs/guides/adding-a-layer.md shows',
  );
});

test("capacity --json lists types without a price", async () => {
  const world = extendedBy(undeclared);
  await run(world, "capacity --env dev --json");
  const { cost } = JSON.parse(textOf(world)) as CapacityReport;
  expect(cost.notPriced).toEqual([{ layer: "shop", type: "aws_sqs_queue" }]);
});

test("more policies than a role can have are a notice beside the list, which names what shortens them", async () => {
  const crowd = defineLayer({
    name: "crowd",
    summary: "Roles whose names are listed each",
    settings: z.strictObject({}),
    needs: {},
    outputs: {},
    build(stack) {
      for (let index = 0; index < 120; index++)
        new IamRole(stack, `role-${index}`, { name: `dev-${index}`, assumeRolePolicy: policyDocument([]) });
      return {};
    },
  });
  const printed = async (path: string) => {
    const text = `${toyEnvironment}iam: { path: ${path} }\n`;
    const world = new FakeWorld();
    world.texts.set("configs/dev.yaml", text);
    expect(await run(world, "iam --env dev --json", [cellar, crowd])).toBe(0);
    return { count: (JSON.parse(textOf(world)) as unknown[]).length, errors: world.errors };
  };
  const long = await printed(`/${"a".repeat(500)}/`);
  expect(long.count).toBeGreaterThan(10);
  expect(long.errors.join(" ")).toMatch(
    new RegExp(
      `^These are ${long.count} policies, but a role can have .* quota increase; a shorter iam\\.path, which now has 502 `,
    ),
  );
  expect((await printed("/")).errors).toEqual([]);
});
