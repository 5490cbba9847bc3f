import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { CapacityReport } from "../../capacity/report";
import { defineLayer } from "../../lib/layer/layer";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { toys } from "./toys";

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

test("capacity needs no Terraform and runs nothing", async () => {
  world.version = "";
  expect(await run(world, "capacity --env dev")).toBe(0);
  expect(world.ran).toEqual([]);
});

test("capacity prints addresses, quotas and cost", async () => {
  await run(world, "capacity --env dev");
  const text = world.printed.join("\n");
  expect(text).toContain("Scale profile default: up to 50 edge nodes");
  expect(text).toMatch(/│ ground subnet-us-west-2a +│ 10\.0\.0\.0\/24 +│ +251 │/);
  expect(text).toMatch(/│ VPCs per Region +│ vpc\/L-F678F1CE +│ +1 │ +5 │/);
  expect(text).toContain("Every need is within the default");
  expect(text).toMatch(/│ total +│/);
});

test("capacity --json prints the report and nothing else", async () => {
  await run(world, "capacity --env dev --json");
  const report = JSON.parse(world.printed.join("\n")) as CapacityReport;
  expect(report).toMatchObject({ environment: { name: "dev" }, misfits: [] });
  expect(report.quotas[0]?.raise).toMatch(/^aws service-quotas request-service-quota-increase /);
});

test("capacity problems are printed last, and fail the command", async () => {
  const crowd = defineLayer({
    name: "crowd",
    summary: "More than its subnet holds",
    settings: z.strictObject({}),
    needs: {},
    outputs: {},
    build(stack) {
      const subnet = new Subnet(stack, "narrow", { vpcId: "vpc-1", cidrBlock: "10.0.9.0/28" });
      for (const name of ["one", "two"]) new Lb(stack, name, { name, subnets: [subnet.id] });
      return {};
    },
  });
  expect(await run(world, "capacity --env dev", [...toys, crowd])).toBe(1);
  expect(world.printed.at(-1)).toBe(
    "Subnet crowd narrow has 11 addresses, but needs 16, and 16 during an update",
  );
});
