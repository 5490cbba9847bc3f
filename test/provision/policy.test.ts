import { Eip } from "@cdktf/provider-aws/lib/eip";
import type { Construct } from "constructs";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

function layerWith(name: string, add: (scope: Construct) => void) {
  return defineLayer({
    name,
    summary: "Something to judge",
    settings: z.strictObject({}),
    needs: {},
    outputs: {},
    build(stack) {
      add(stack);
      return {};
    },
  });
}

const sound = layerWith("sound", (scope) => new Eip(scope, "door", { instance: "i-1" }));
const unsound = layerWith("unsound", (scope) => new Eip(scope, "spare", {}));

test("policy ends with 0 where no rule is violated, and runs no Terraform", async () => {
  const world = new FakeWorld();
  world.version = "";
  expect(await run(world, "policy --env dev", [sound])).toBe(0);
  expect(world.printed.join("\n")).toMatch(/dev: \d+ rules, .*: 0 violations, 0 accepted exceptions/);
});

test("policy ends with 1 where a rule is violated, and names the resource", async () => {
  const world = new FakeWorld();
  expect(await run(world, "policy --env dev", [unsound])).toBe(1);
  expect(world.printed.join("\n")).toMatch(
    /elastic-ip-attached: Every Elastic IP[^]*aws_eip\.spare +│ it is not in use/,
  );
});

test.each(["json", "sarif"])("policy --format %s prints a document and nothing else", async (format) => {
  const world = new FakeWorld();
  expect(await run(world, `policy --env dev --format ${format}`, [unsound])).toBe(1);
  expect(JSON.stringify(JSON.parse(world.printed.join("\n")))).toContain("aws_eip.spare");
});

test("iam prints the deployer's policies as JSON and nothing else", async () => {
  const world = new FakeWorld();
  world.version = "";
  expect(await run(world, "iam --env dev", [sound])).toBe(0);
  const policies: { Statement: { Action: string[] }[] }[] = JSON.parse(world.printed.join("\n"));
  expect(policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action))).toContain(
    "ec2:AllocateAddress",
  );
});
