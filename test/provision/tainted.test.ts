import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { awsCall } from "../../lib/layer/aws-call";
import { health } from "../../lib/layer/health";
import { defineLayer, inOrder, type AnyLayer } from "../../lib/layer/layer";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import { run } from "./runs";
import { cellar } from "./toys";
import { waiting } from "./waiting";

const house = defineLayer({
  name: "house",
  summary: "Database, gateway and group",
  settings: z.strictObject({}),
  needs: {},
  outputs: {},
  build(stack) {
    new RdsCluster(stack, "database", { clusterIdentifier: "house", engine: "aurora-postgresql" });
    new NatGateway(stack, "gateway", { subnetId: "subnet-1" });
    new SecurityGroup(stack, "group", { name: "house" });
    return {};
  },
});
const layers = inOrder([cellar, house]);
const apply = "--env dev --only house";
const place = "dev-state/us-west-2/house/dev";

let world: FakeWorld;
let aws: FakeAws;

/** Marks objects as Terraform does when their creation fails. */
function taint(...types: readonly string[]): void {
  const state = JSON.parse(world.cloud.stored.get(place) ?? "") as {
    resources: { type: string; instances: { status?: string }[] }[];
  };
  for (const { type, instances } of state.resources)
    if (types.includes(type)) for (const instance of instances) instance.status = "tainted";
  world.cloud.stored.set(place, JSON.stringify(state));
}

/** Taints the database and the gateway as soon as the layer is planned once more, as a creation that was not seen to end does. */
function taintBeforeNextPlan(): void {
  let isOver = false;
  world.before = (called) => {
    if (isOver || called !== "house plan" || world.cloud.stored.get(place) === undefined) return;
    taint("aws_rds_cluster", "aws_nat_gateway");
    isOver = true;
  };
}

const isTainted = () => world.cloud.stored.get(place)?.includes("tainted");
const idOf = (type: string) =>
  [...world.cloud.objects.values()].find((object) => object.type === type)?.id ?? "";
const ran = () => world.ran.filter((command) => /untaint|apply/.test(command));
const printed = () => world.printed.join("\n");
const cluster = (Status: string) => ({ DBClusters: [{ Status }] });
const gateway = (State: string) => ({ NatGateways: [{ State }] });

/** Lets seconds pass as fast as they can. */
function hurry(): void {
  const every = (_: number, act: () => void) => {
    let over = false;
    const next = () => {
      if (over) return;
      act();
      setImmediate(next);
    };
    setImmediate(next);
    return () => {
      over = true;
    };
  };
  Object.assign(world.clock, { every });
}

beforeEach(async () => {
  world = new FakeWorld();
  aws = new FakeAws(world);
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  world.ran.length = 0;
  world.printed.length = 0;
  aws.calls.length = 0;
});

describe("a tainted database that AWS calls available", () => {
  let id: string;
  beforeEach(() => {
    id = idOf("aws_rds_cluster");
    taint("aws_rds_cluster");
    aws.answers.set("rds DescribeDBClusters", cluster("available"));
  });

  test("is kept after a question, and nothing is left to change", async () => {
    world.answering("yes");
    expect(await run(world, apply, layers)).toBe(0);
    expect(world.questions).toEqual(["Keep the one that is healthy, instead of replacing it? yes/no"]);
    expect(aws.given("rds DescribeDBClusters")).toEqual([{ DBClusterIdentifier: "house" }]);
    expect(ran()).toEqual(["house untaint"]);
    expect(isTainted()).toBe(false);
    expect(idOf("aws_rds_cluster")).toBe(id);
    expect(world.printed).toEqual(
      expect.arrayContaining([
        "    aws_rds_cluster.database: available; replacing it would lose its data",
        "  Kept, and no longer tainted: aws_rds_cluster.database",
      ]),
    );
  });

  test("stays as it is when the operator says no, who is told how to replace it", async () => {
    world.answering("no");
    expect(await run(world, apply, layers)).toMatchObject({
      message: 'Cannot apply "house": declined',
      hint: expect.stringMatching(/ --env dev --only house --tainted replace$/) as unknown,
    });
    expect(ran()).toEqual([]);
    expect(isTainted()).toBe(true);
  });

  test("stops a run with --yes, until it says which", async () => {
    expect(await run(world, `${apply} --yes`, layers)).toMatchObject({
      message:
        'Cannot apply "house" without approval: aws_rds_cluster.database, with data, would be replaced because tainted, though AWS calls it healthy',
      hint: expect.stringMatching(
        /^To keep what is healthy, run: .* --tainted keep; to replace it, run: .* --allow-data-loss house --tainted replace$/,
      ) as unknown,
      exitCode: 4,
    });
    expect(ran()).toEqual([]);
    expect(await run(world, `${apply} --yes --tainted keep`, layers)).toBe(0);
    expect(ran()).toEqual(["house untaint"]);
  });

  test("is replaced, and AWS not asked, where the operator wants that", async () => {
    expect(await run(world, `${apply} --yes --tainted replace --allow-data-loss house`, layers)).toBe(0);
    expect(ran()).toEqual(["house apply"]);
    expect(aws.given("rds DescribeDBClusters")).toEqual([]);
    expect(isTainted()).toBe(false);
  });

  test("is what a plan tells of, without a change", async () => {
    expect(await run(world, `plan ${apply}`, layers)).toBe(0);
    expect(ran()).toEqual([]);
    expect(printed()).toContain("aws_rds_cluster.database: available; replacing it would lose its data");
    expect(printed()).toContain(
      "apply asks whether to keep those that are healthy by then, instead of replacing them",
    );
    world.printed.length = 0;
    expect(await run(world, `plan ${apply} --save house.plan`, layers)).toBe(0);
    expect(printed()).toContain("instead of replacing them; the saved plan replaces them");
  });

  test("is not replaced for another reason without a word", async () => {
    world.faults.replace.add("aws_rds_cluster.database");
    expect(await run(world, `${apply} --yes --tainted keep --allow-data-loss house`, layers)).toMatchObject({
      message: expect.stringContaining(
        "1 object that was to be kept would still be replaced, because of what changes: aws_rds_cluster.database",
      ) as unknown,
    });
    expect(ran()).toEqual(["house untaint"]);
  });
});

test("with --yes, what holds no data is kept, and what AWS calls failed is replaced", async () => {
  const group = idOf("aws_security_group");
  const failed = idOf("aws_nat_gateway");
  taint("aws_security_group", "aws_nat_gateway");
  aws.answers.set("ec2 DescribeNatGateways", gateway("failed"));
  expect(await run(world, `${apply} --yes`, layers)).toBe(0);
  expect(aws.given("ec2 DescribeNatGateways")).toEqual([{ NatGatewayIds: [failed] }]);
  expect(ran()).toEqual(["house untaint", "house apply"]);
  expect(idOf("aws_security_group")).toBe(group);
  expect(idOf("aws_nat_gateway")).not.toBe(failed);
  expect(printed()).toContain("aws_nat_gateway.gateway: failed, so that it stays tainted");
});

describe("what a failed attempt of the same run has tainted", () => {
  const ids = () => [idOf("aws_rds_cluster"), idOf("aws_nat_gateway")];
  const throttled =
    "waiting for RDS Cluster (house) create: operation error RDS: DescribeDBClusters, api error Throttling: Rate exceeded";

  beforeEach(async () => {
    ({ world } = waiting());
    aws = new FakeAws(world);
    expect(await run(world, "--env dev --yes --only cellar", layers)).toBe(0);
    world.ran.length = 0;
    aws.answers.set("rds DescribeDBClusters", cluster("available"));
    aws.answers.set("ec2 DescribeNatGateways", gateway("available"));
    world.faults.denied.set("aws_security_group.group", { message: throttled, times: 1 });
    taintBeforeNextPlan();
  });

  test("is kept by the next attempt, which creates the rest", async () => {
    expect(await run(world, `${apply} --yes --tainted keep`, layers)).toBe(0);
    expect(ran()).toEqual(["house apply", "house untaint", "house untaint", "house apply"]);
    expect(ids()).toEqual(["house", "aws_nat_gateway-2"]);
    expect(isTainted()).toBe(false);
  });

  test("is not replaced with --yes alone, if it has data", async () => {
    expect(await run(world, `${apply} --yes`, layers)).toMatchObject({
      message: expect.stringContaining("aws_rds_cluster.database, with data, would be replaced") as unknown,
      exitCode: 4,
    });
    expect(ran()).toEqual(["house apply"]);
  });

  test("is replaced where AWS calls it failed, after the consent to the loss of its data", async () => {
    aws.answers.set("rds DescribeDBClusters", cluster("failed"));
    expect(await run(world, `${apply} --yes`, layers)).toMatchObject({
      hint: expect.stringContaining("--allow-data-loss house") as unknown,
    });
    expect(ran()).toEqual(["house apply", "house untaint"]);
    expect(await run(world, `${apply} --yes --allow-data-loss house`, layers)).toBe(0);
    expect(isTainted()).toBe(false);
  });
});

test("what AWS still creates is waited for, and then kept", async () => {
  taint("aws_nat_gateway");
  const words = ["pending", "pending", "available"];
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) =>
      given[0].operation === "DescribeNatGateways"
        ? Promise.resolve(gateway(words.shift() ?? ""))
        : send(...given),
  });
  expect(await run(world, `${apply} --yes`, layers)).toBe(0);
  expect(words).toEqual([]);
  expect(ran()).toEqual(["house untaint"]);
});

test("a wait has an end, which says what to type then", async () => {
  hurry();
  taint("aws_nat_gateway");
  aws.answers.set("ec2 DescribeNatGateways", gateway("pending"));
  expect(await run(world, `${apply} --yes`, layers)).toMatchObject({
    message:
      'Cannot apply "house": after 30 minutes AWS is still at work on aws_nat_gateway.gateway (pending); nothing was changed',
    hint: expect.stringMatching(
      /^Once AWS says available, run: .*; to replace what is tainted, run: .* --tainted replace$/,
    ) as unknown,
  });
  expect(ran()).toEqual([]);
});

test.each([
  [awsError("DBClusterNotFoundFault", "not found", 404), "no longer exists, so that it stays tainted"],
  [awsError("AccessDenied", "not authorized", 403), "not known, because AWS"],
])("what AWS does not call healthy is left to the plan: %s", async (refusal, told) => {
  taint("aws_rds_cluster");
  aws.refusals.set("rds DescribeDBClusters", refusal);
  expect(await run(world, `${apply} --yes --allow-data-loss house`, layers)).toBe(0);
  expect(ran()).toEqual(["house apply"]);
  expect(printed()).toContain(`aws_rds_cluster.database: ${told}`);
});

test("a layer says itself how AWS is asked about a type of its own", async () => {
  taint("aws_rds_cluster");
  const own: AnyLayer = {
    ...house,
    health: {
      aws_rds_cluster: health({
        action: "sts:GetCallerIdentity",
        call: () => awsCall("sts", "GetCallerIdentity", {}),
        state: ({ Account }) => Account,
        healthy: ["123456789012"],
        busy: [],
      }),
    },
  };
  expect(await run(world, `${apply} --yes --tainted keep`, [cellar, own])).toBe(0);
  expect(ran()).toEqual(["house untaint"]);
  expect(printed()).toContain("aws_rds_cluster.database: 123456789012; replacing it would lose its data");
});

test("a rehearsal asks the simulated account, and keeps what exists there", async () => {
  rehearseInMemory(world, { objects: [{ type: "aws_rds_cluster", id: "house" }] });
  taint("aws_rds_cluster", "aws_nat_gateway");
  expect(await run(world, `apply ${apply} --rehearse`, layers)).toBe(0);
  expect(ran()).toEqual(["house untaint", "house apply"]);
  expect(aws.names).toEqual([]);
  expect(printed()).toContain("aws_nat_gateway.gateway: no longer exists, so that it stays tainted");
});

test("an interrupt ends the wait", async () => {
  taint("aws_nat_gateway");
  aws.answers.set("ec2 DescribeNatGateways", gateway("pending"));
  const listen = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof listen>) => {
      if (given[0].operation === "DescribeNatGateways") world.interrupt();
      return listen(...given);
    },
  });
  expect(await run(world, `${apply} --yes`, layers)).toMatchObject({ exitCode: 7 });
  expect(ran()).toEqual([]);
});
