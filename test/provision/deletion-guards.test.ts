import { Lb } from "@cdktf/provider-aws/lib/lb";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { isPartOf } from "../../scripts/provision/runner/approved";
import { guardLiftFor } from "../../scripts/provision/terraform/deletion-guards";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar } from "./toys";

const aws = 'provider["registry.terraform.io/hashicorp/aws"]';

function state(type: string, attributes: object, provider = aws): string {
  const one = { mode: "managed", type, name: "one", provider, instances: [{ attributes }] };
  return JSON.stringify({ resources: [one] });
}

const change = (type: string, action: string) => ({ address: `${type}.one`, type, action });
const liftOf = (type: string, attributes: object, action = "delete") =>
  guardLiftFor(state(type, attributes), [change(type, action)]);

describe("what keeps an object from being deleted", () => {
  test("is lifted, and every other argument is ignored", () => {
    const found = liftOf("aws_lb", { name: "web", subnets: ["subnet-1"], enable_deletion_protection: true });
    expect(found).toEqual({
      addresses: ["aws_lb.one"],
      resource: {
        aws_lb: {
          one: {
            subnets: ["subnet-1"],
            enable_deletion_protection: false,
            lifecycle: { ignore_changes: ["name", "subnets"] },
          },
        },
      },
    });
  });

  test.each([
    ["aws_ecr_repository", { name: "files", force_delete: false }, { force_delete: true }],
    ["aws_route53_zone", { name: "example.com", force_destroy: null }, { force_destroy: true }],
    ["aws_s3_bucket", { bucket: "logs", force_destroy: false }, { force_destroy: true }],
    ["aws_secretsmanager_secret", { recovery_window_in_days: 30 }, { recovery_window_in_days: 0 }],
  ])("is lifted of %s, also for a replacement", (type, attributes, lifted) => {
    for (const action of ["delete", "replace"])
      expect(liftOf(type, attributes, action)?.resource[type]?.["one"]).toMatchObject(lifted);
  });

  test("is lifted in the region of the object", () => {
    const text = state("aws_s3_bucket", { force_destroy: false }, `${aws}.us-east-2`);
    const lift = guardLiftFor(text, [change("aws_s3_bucket", "delete")]);
    expect(lift?.resource["aws_s3_bucket"]?.["one"]).toMatchObject({ provider: "aws.us-east-2" });
  });

  test.each([
    {
      of: "an object that stays",
      type: "aws_s3_bucket",
      attributes: { force_destroy: false },
      action: "update",
    },
    { of: "an object without protection", type: "aws_s3_bucket", attributes: { force_destroy: true } },
    { of: "a vault, whose backups expire", type: "aws_backup_vault", attributes: { force_destroy: false } },
    { of: "a database", type: "aws_rds_cluster", attributes: { deletion_protection: true } },
    { of: "an object without such an argument", type: "aws_vpc", attributes: { cidr_block: "10.0.0.0/16" } },
  ])("is not lifted of $of", ({ type, attributes, action }) => {
    expect(liftOf(type, attributes, action)).toBeUndefined();
  });
});

test("a plan needs no further approval if the operator agreed to all of its changes", () => {
  const plan = (...changes: readonly ReturnType<typeof change>[]) => ({ changes, drift: [], pending: true });
  const agreed = plan(
    change("aws_lb", "delete"),
    change("aws_eip", "delete"),
    change("aws_lb_listener", "replace"),
  );
  expect(isPartOf(plan(change("aws_eip", "delete")), agreed)).toBe(true);
  expect(isPartOf(plan(change("aws_eip", "replace")), agreed)).toBe(false);
  expect(isPartOf(plan(change("aws_vpc", "delete")), agreed)).toBe(false);
  expect(isPartOf(plan(change("aws_lb_listener", "create")), agreed)).toBe(true);
  expect(isPartOf(plan(change("aws_lb", "create")), agreed)).toBe(false);
});

describe("an apply that deletes what is protected against deletion", () => {
  const door = defineLayer({
    name: "door",
    summary: "Entrances",
    settings: z.strictObject({ balancers: z.array(z.string()).describe("Names") }),
    needs: {},
    outputs: {},
    build(stack, { settings: { balancers } }) {
      for (const name of balancers)
        new Lb(stack, name, { subnets: ["subnet-1"], enableDeletionProtection: stack.deletionProtection });
      return {};
    },
  });
  const layers = inOrder([cellar, door]);
  const file = "configs/dev.yaml";
  const withBalancers = (world: FakeWorld, names: string) => {
    const text = (world.texts.get(file) ?? "").replace(/\nlayers:[\s\S]*?\n(?=version)/, "\n");
    world.texts.set(file, `${text}layers: { door: { balancers: [${names}] } }\n`);
  };
  const applied = async () => {
    const world = new FakeWorld();
    withBalancers(world, "front, back");
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    world.texts.set(file, (world.texts.get(file) ?? "").replace("front, back", "front"));
    return world;
  };
  const balancers = ({ cloud }: FakeWorld) =>
    [...cloud.objects.values()].filter(({ type }) => type === "aws_lb").length;

  test("needs --allow-data-loss with --yes", async () => {
    const world = await applied();
    expect(await run(world, "--env dev --yes", layers)).toMatchObject({
      message:
        'Cannot apply "door" without approval: objects that are protected against deletion would be lost',
      hint: "If that is intended, run: npx ts-node scripts/provision.ts --env dev --yes --allow-data-loss door",
    });
    expect(balancers(world)).toBe(2);
  });

  test("lifts the protection, deletes it, and leaves the layer's files as they were", async () => {
    const world = await applied();
    expect(await run(world, "--env dev --yes --allow-data-loss door", layers)).toBe(0);
    expect(world.printed).toContain("  Disabled deletion protection of aws_lb.back");
    expect(world.printed).toContain("  Deleted aws_lb.back");
    expect(balancers(world)).toBe(1);
    expect(await run(world, "plan --env dev --detailed-exitcode", layers)).toBe(0);
    expect(world.texts.get("cdktf.out/dev/stacks/door/cdk.tf.json")).toContain('"front"');
  });

  test("does not say that anybody else deleted what went with it", async () => {
    const world = await applied();
    const start = world.processes.run.bind(world.processes);
    const resource = { addr: "aws_lb_listener.back", resource_type: "aws_lb_listener" };
    const gone = { type: "resource_drift", change: { resource, action: "delete" } };
    Object.assign(world.processes, {
      run: (command: Parameters<typeof start>[0]) => {
        if (command.arguments.includes("plan") && balancers(world) === 1)
          command.onLine?.(JSON.stringify(gone));
        return start(command);
      },
    });
    expect(await run(world, "--env dev --yes --allow-data-loss door", layers)).toBe(0);
    expect(world.printed.join("\n")).not.toContain("outside Terraform");
    await run(world, "plan --env dev --only door", layers);
    expect(world.printed).toContain("  1 object was deleted outside Terraform");
  });

  const destroy = "destroy --env dev --only door --yes --confirm dev";

  test("is deleted by a destroy as well, which lifts the protection of what is in the state alone", async () => {
    const world = await applied();
    expect(await run(world, `${destroy} --allow-data-loss door`, layers)).toBe(0);
    expect(world.printed).toContain("  Disabled deletion protection of aws_lb.back");
    expect(balancers(world)).toBe(0);
  });

  test("is not deleted by a destroy with --yes without --allow-data-loss", async () => {
    const world = await applied();
    expect(await run(world, destroy, layers)).toMatchObject({
      message:
        'Cannot destroy "door" without approval: objects that are protected against deletion would be lost',
    });
    expect(balancers(world)).toBe(2);
    expect(world.printed).toContain(
      "  Deletion protection is off for aws_lb.front; to enable it again, run: npx ts-node scripts/provision.ts --env dev --only door",
    );
  });
});
