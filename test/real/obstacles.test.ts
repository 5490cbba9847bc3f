import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardDutyObstacles } from "../../lib/aws-facts/guardduty";
import type { AnyLayer } from "../../lib/layer/layer";
import { awsSdk } from "../../scripts/provision/world/aws";
import { FakeWorld } from "../provision/fake-world";
import { run } from "../provision/runs";
import { cellar, ground } from "../provision/toys";
import { type Moto, startMoto } from "./moto";
import { missing } from "./tools";

const because = missing("aws", "moto");

let moto: Moto;

/** The AWS CLI as an operator would type it; what it printed. */
function ec2(...args: string[]): string {
  const env = { ...process.env, AWS_DEFAULT_REGION: "us-west-2", ...moto.variables };
  return execFileSync("aws", ["ec2", ...args, "--output", "text"], {
    env,
    stdio: "pipe",
    encoding: "utf8",
  }).trim();
}

function createGroup(vpcId: string, name: string): string {
  const group = ["--group-name", name, "--description", "Endpoint", "--vpc-id", vpcId];
  return ec2("create-security-group", ...group, "--query", "GroupId");
}

function createEndpoint(vpcId: string, service: string, tag: string): string {
  const endpoint = ["--vpc-id", vpcId, "--service-name", `com.amazonaws.us-west-2.${service}`];
  const tags = ["--tag-specifications", `ResourceType=vpc-endpoint,Tags=[{${tag}}]`];
  return ec2(
    "create-vpc-endpoint",
    ...["--vpc-endpoint-type", "Interface", ...endpoint, ...tags, "--query", "VpcEndpoint.VpcEndpointId"],
  );
}

describe.skipIf(because !== undefined)(`GuardDuty in a VPC, with the real SDK ${because ?? ""}`, () => {
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => {
    moto.stop();
  });

  test("loses its endpoint and its security group, and no others do", async () => {
    const vpcId = ec2("create-vpc", "--cidr-block", "10.0.0.0/16", "--query", "Vpc.VpcId");
    const ours = [createGroup(vpcId, "ours"), createEndpoint(vpcId, "kms", "Key=environment,Value=dev")];
    const theirs = [
      createEndpoint(vpcId, "guardduty-data", "Key=GuardDutyManaged,Value=true"),
      createGroup(vpcId, `GuardDutyManagedSecurityGroup-${vpcId}`),
    ];
    const world = new FakeWorld();
    const { PATH, HOME } = process.env;
    world.environment = { PATH, HOME, ...moto.variables };
    Object.assign(world.aws, awsSdk());
    Object.assign(world.clock, {
      now: () => new Date(),
      every: (_: number, act: () => void) => {
        const timer = setInterval(act, 50);
        return () => {
          clearInterval(timer);
        };
      },
    });
    const watched: AnyLayer = { ...ground, obstacles: () => guardDutyObstacles(vpcId) };
    await run(world, "--env dev --yes", [cellar, watched]);
    const destroy = "destroy --env dev --from ground --yes --confirm dev";
    expect(await run(world, destroy, [cellar, watched])).toBe(0);
    expect(world.printed).toContain(
      `  Not created by Terraform, but in resources of "ground", which cannot be deleted before: VPC endpoints of GuardDuty (${theirs[0] ?? ""}), security groups of GuardDuty (${theirs[1] ?? ""})`,
    );
    const inVpc = ["--filters", `Name=vpc-id,Values=${vpcId}`];
    const groups = ec2("describe-security-groups", ...inVpc, "--query", "SecurityGroups[].GroupId");
    const endpoints = ec2(
      "describe-vpc-endpoints",
      ...inVpc,
      "--query",
      "VpcEndpoints[?State!='deleted'].VpcEndpointId",
    );
    const left = `${groups} ${endpoints}`.split(/\s+/);
    expect(left).toEqual(expect.arrayContaining(ours));
    expect(left.filter((id) => theirs.includes(id))).toEqual([]);
  });
});
