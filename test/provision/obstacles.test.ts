import { beforeEach, describe, expect, test } from "vitest";
import { guardDutyObstacles } from "../../lib/aws-facts/guardduty";
import { nodeInterfaceObstacles } from "../../lib/aws-facts/node-interfaces";
import type { AwsCall } from "../../lib/layer/aws-call";
import type { AnyLayer } from "../../lib/layer/layer";
import { vpc } from "../../modules/vpc/layer";
import { loadConfig } from "../synth";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { commands, run } from "./runs";
import { cellar, ground } from "./toys";

const watched: AnyLayer = { ...ground, obstacles: ({ ids }) => ids("aws_vpc").flatMap(guardDutyObstacles) };
const layers = [cellar, watched];
const destroy = "destroy --env dev --from ground --confirm dev";
const endpoint = { VpcEndpointId: "vpce-1", State: "available" };

/** GuardDuty's objects in a VPC: each is listed until it has been deleted, and then some more times. */
class GuardDuty {
  endpoints = [endpoint];
  groups = [{ GroupId: "sg-1" }];
  /** How often an endpoint is listed while it is being deleted. */
  lingering = 2;
  readonly deleted: string[] = [];
  vpcIds = new Set<unknown>();

  constructor(world: FakeWorld, aws: FakeAws) {
    const others = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: (call: AwsCall, request: Parameters<typeof others>[1]) => {
        const refusal = aws.refusals.get(`${call.service} ${call.operation}`);
        if (refusal !== undefined) return Promise.reject(refusal);
        const answer = this.answer(call);
        return answer === undefined ? others(call, request) : Promise.resolve(answer);
      },
    });
  }

  private answer({ operation, input }: AwsCall): object | undefined {
    // What the product calls it with.
    const given = input as {
      readonly Filters?: readonly { readonly Name: string; readonly Values: readonly string[] }[];
      readonly VpcEndpointIds?: readonly string[];
      readonly GroupId?: string;
    };
    this.vpcIds.add(given.Filters?.find(({ Name }) => Name === "vpc-id")?.Values[0]);
    switch (operation) {
      case "DescribeVpcEndpoints":
        return { VpcEndpoints: this.listEndpoints() };
      case "DescribeSecurityGroups":
        return { SecurityGroups: this.groups };
      case "DeleteVpcEndpoints":
        this.deleted.push(...(given.VpcEndpointIds ?? []));
        this.endpoints = this.endpoints.map((one) => ({ ...one, State: "deleting" }));
        return { Unsuccessful: [] };
      case "DeleteSecurityGroup":
        this.deleted.push(given.GroupId ?? "");
        this.groups = [];
        return {};
      default:
        return undefined;
    }
  }

  private listEndpoints() {
    if (this.endpoints.some(({ State }) => State === "deleting")) {
      this.lingering -= 1;
      if (this.lingering < 0) this.endpoints = [];
    }
    return this.endpoints;
  }
}

let world: FakeWorld;
let aws: FakeAws;
let guardDuty: GuardDuty;

beforeEach(async () => {
  world = new FakeWorld();
  aws = new FakeAws(world);
  await run(world, "--env dev --yes", layers);
  guardDuty = new GuardDuty(world, aws);
  world.printed.length = 0;
  world.ran.length = 0;
});

test("what GuardDuty left in a VPC is deleted before it, the endpoint before its security group", async () => {
  expect(await run(world, `${destroy} --yes`, layers)).toBe(0);
  expect(guardDuty.deleted).toEqual(["vpce-1", "sg-1"]);
  expect(world.printed).toContain(
    '  Not created by Terraform, but in resources of "ground", which cannot be deleted before: VPC endpoints of GuardDuty (vpce-1), security groups of GuardDuty (sg-1)',
  );
  expect([...guardDuty.vpcIds].filter((id) => id !== undefined)).toEqual([
    expect.stringMatching(/^vpc-/) as unknown,
  ]);
});

test("the operator is asked, and a no deletes nothing", async () => {
  world.answering("no");
  expect(await run(world, destroy, layers)).toMatchObject({ message: 'Cannot destroy "ground": declined' });
  expect(world.questions).toEqual(["Delete them? yes/no"]);
  expect(guardDuty.deleted).toEqual([]);
  expect(commands(world, "apply")).toEqual([]);
  world.answering("yes");
  expect(await run(world, destroy, layers)).toBe(0);
  expect(guardDuty.deleted).toEqual(["vpce-1", "sg-1"]);
});

test("nothing is asked where GuardDuty left nothing, or in a rehearsal", async () => {
  guardDuty.endpoints = [];
  guardDuty.groups = [];
  world.answering();
  expect(await run(world, destroy, layers)).toBe(0);
  expect(world.questions).toEqual([]);
});

test("a security group that is still in use is tried again, and any other error ends the run", async () => {
  const inUse = awsError("DependencyViolation", "resource sg-1 has a dependent object", 400);
  aws.refusals.set("ec2 DeleteSecurityGroup", inUse);
  expect(await run(world, `${destroy} --yes`, layers)).toMatchObject({
    message: "Cannot delete security groups of GuardDuty: after 15 minutes AWS still lists them",
    hint: "Look in the AWS console for what uses them, then run the command again",
  });
  aws.refusals.set("ec2 DeleteSecurityGroup", awsError("UnauthorizedOperation", "not authorized", 403));
  expect(await run(world, `${destroy} --yes`, layers)).toMatchObject({
    message: 'Cannot delete sg-1: AWS says "UnauthorizedOperation: not authorized"',
  });
  expect(commands(world, "apply")).toEqual([]);
});

test("objects that appear during the destroy, because an instance still runs, are deleted in a second attempt", async () => {
  guardDuty.endpoints = [];
  guardDuty.groups = [];
  const violation = "deleting EC2 Subnet: DependencyViolation: The subnet has dependencies";
  world.faults.fail.set("aws_subnet.subnet-us-west-2a", violation);
  world.before = (command) => {
    if (command !== "ground apply") return;
    guardDuty.endpoints = [endpoint];
    world.before = (next) => {
      if (next === "ground plan") world.faults.fail.clear();
    };
  };
  expect(await run(world, `${destroy} --yes`, layers)).toBe(0);
  expect(guardDuty.deleted).toEqual(["vpce-1"]);
});

test("a destroy that fails for another reason is not tried again", async () => {
  guardDuty.endpoints = [];
  guardDuty.groups = [];
  world.faults.fail.set("aws_subnet.subnet-us-west-2a", "UnauthorizedOperation: not authorized");
  world.before = (command) => {
    if (command === "ground apply") guardDuty.endpoints = [endpoint];
  };
  expect(await run(world, `${destroy} --yes`, layers)).toHaveProperty("exitCode", 1);
  expect(guardDuty.deleted).toEqual([]);
  expect(commands(world, "apply")).toHaveLength(1);
});

describe("objects of GuardDuty", () => {
  const [endpoints, groups] = guardDutyObstacles("vpc-1");

  test("are recognised by its tag and by its name, in this VPC only", () => {
    expect(endpoints?.call.input).toEqual({
      Filters: [
        { Name: "vpc-id", Values: ["vpc-1"] },
        { Name: "tag:GuardDutyManaged", Values: ["true"] },
      ],
    });
    expect(groups?.call.input).toEqual({
      Filters: [
        { Name: "vpc-id", Values: ["vpc-1"] },
        { Name: "group-name", Values: ["GuardDutyManagedSecurityGroup-vpc-1"] },
      ],
    });
  });

  test("are gone when AWS lists them as deleted", () => {
    const states = ["available", "Deleting", "deleted"];
    const VpcEndpoints = states.map((State) => ({ VpcEndpointId: State, State }));
    expect(endpoints?.present({ VpcEndpoints })).toEqual([
      { id: "available", deleting: false },
      { id: "Deleting", deleting: true },
    ]);
  });

  test("may be refused in an answer that does not fail", () => {
    const Unsuccessful = [{ ResourceId: "vpce-1", Error: { Code: "OperationNotPermitted", Message: "no" } }];
    expect(endpoints?.refusal?.({ Unsuccessful })).toEqual({ code: "OperationNotPermitted", message: "no" });
    expect(endpoints?.refusal?.({ Unsuccessful: [] })).toBeUndefined();
  });

  test("are looked for in the VPC that the layer created, not in an existing one", () => {
    const { environment, settings } = loadConfig();
    const given = { environment, settings: vpc.settings.parse(settings["vpc"]) };
    const about = (types: readonly string[]) =>
      vpc
        .obstacles?.({ ...given, ids: (type) => (types.includes(type) ? [`id of ${type}`] : []) })
        .map((obstacle) => obstacle.about);
    expect(about(["aws_vpc"])).toEqual(["VPC endpoints of GuardDuty", "security groups of GuardDuty"]);
    expect(vpc.obstacles?.({ ...given, ids: () => [] })).toEqual([]);
  });
});

describe("network interfaces that the VPC CNI plugin left behind", () => {
  const [interfaces] = nodeInterfaceObstacles(["sg-node", "sg-bastion"]);

  test("are those that are detached, tagged by the plugin and in a security group of the layer", () => {
    expect(interfaces?.call.input).toEqual({
      Filters: [
        { Name: "group-id", Values: ["sg-node", "sg-bastion"] },
        { Name: "status", Values: ["available"] },
        { Name: "tag-key", Values: ["node.k8s.amazonaws.com/instance_id"] },
      ],
    });
    expect(interfaces?.present({ NetworkInterfaces: [{ NetworkInterfaceId: "eni-1" }] })).toEqual([
      { id: "eni-1" },
    ]);
    expect(interfaces?.delete("eni-1")).toMatchObject({
      operation: "DeleteNetworkInterface",
      input: { NetworkInterfaceId: "eni-1" },
    });
  });

  test("are looked for in an existing VPC too, as long as the layer has groups in it", () => {
    const { environment, settings } = loadConfig();
    const given = { environment, settings: vpc.settings.parse(settings["vpc"]) };
    const ids = (type: string) => (type === "aws_security_group" ? ["sg-node"] : []);
    expect(vpc.obstacles?.({ ...given, ids }).map(({ about }) => about)).toEqual([
      "network interfaces of nodes that no longer exist",
    ]);
    expect(nodeInterfaceObstacles([])).toEqual([]);
  });
});
