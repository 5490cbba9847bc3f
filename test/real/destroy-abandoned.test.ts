import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnyLayer } from "../../lib/layer/layer";
import { abandonedByCluster } from "../../modules/eks/abandoned";
import { awsSdk } from "../../scripts/provision/world/aws";
import { FakeWorld } from "../provision/fake-world";
import { run } from "../provision/runs";
import { cellar, ground, house } from "../provision/toys";
import { type Moto, startMoto } from "./moto";
import { missing } from "./tools";

const because = missing("moto");
const region = "us-west-2";

let moto: Moto;
/** One object for all calls, as a run has it. */
let environment: Readonly<Record<string, string>>;
const sdk = awsSdk();

/** Calls moto; the values of one member of the answer, wherever it stands. */
async function aws(name: string, input: object, member = ""): Promise<readonly string[]> {
  const [service = "", operation = ""] = name.split(" ");
  const answer = await sdk.send({ service, operation, input }, { region, environment, patience: "work" });
  return valuesOf(answer, member);
}

function valuesOf(answer: unknown, member: string): readonly string[] {
  if (typeof answer !== "object" || answer === null) return [];
  return Object.entries(answer).flatMap(([name, value]) =>
    name === member ? [String(value)] : valuesOf(value, member),
  );
}

const tagList = (tags: object) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value: String(Value) }));
const tagged = (ResourceType: string, tags: object) => ({
  TagSpecifications: [{ ResourceType, Tags: tagList(tags) }],
});

interface Network {
  readonly VpcId: string;
  readonly subnetIds: readonly string[];
  /** The security group of the nodes. */
  readonly nodes: string;
}

async function createNetwork(): Promise<Network> {
  const [VpcId = ""] = await aws("ec2 CreateVpc", { CidrBlock: "10.0.0.0/16" }, "VpcId");
  const subnetIds: string[] = [];
  for (const [index, letter] of ["a", "b"].entries()) {
    const place = { CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `${region}${letter}` };
    subnetIds.push(...(await aws("ec2 CreateSubnet", { VpcId, ...place }, "SubnetId")));
  }
  const group = { GroupName: "nodes", Description: "Nodes", VpcId };
  const [nodes = ""] = await aws("ec2 CreateSecurityGroup", group, "GroupId");
  return { VpcId, subnetIds, nodes };
}

/** What a cluster leaves: its IDs. */
async function leave(cluster: string, { VpcId, subnetIds, nodes }: Network): Promise<readonly string[]> {
  const owned = { [`kubernetes.io/cluster/${cluster}`]: "owned" };
  const groups: string[] = [];
  for (const name of ["frontend", "backend"]) {
    const group = { GroupName: `${name}-${cluster}`, Description: "Of a Service", VpcId };
    const tags = tagged("security-group", owned);
    groups.push(...(await aws("ec2 CreateSecurityGroup", { ...group, ...tags }, "GroupId")));
  }
  const [frontend = "", backend = ""] = groups;
  for (const [GroupId, source] of [
    [backend, frontend],
    [nodes, backend],
  ]) {
    const IpPermissions = [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: source }] }];
    await aws("ec2 AuthorizeSecurityGroupIngress", { GroupId, IpPermissions });
  }
  const Tags = tagList({ "elbv2.k8s.aws/cluster": cluster });
  const Name = `k8s-${cluster}`;
  const balancer = { Name, Type: "network", Subnets: subnetIds, Tags };
  const target = { Name, Protocol: "TCP", Port: 80, VpcId, Tags };
  const eni = { SubnetId: subnetIds[0], Groups: [nodes] };
  const ofCluster = tagged("network-interface", { "cluster.k8s.amazonaws.com/name": cluster });
  const ofDriver = { "ebs.csi.aws.com/cluster": "true", ...owned };
  const volume = { Size: 1, AvailabilityZone: `${region}a`, ...tagged("volume", ofDriver) };
  const [VolumeId = ""] = await aws("ec2 CreateVolume", volume, "VolumeId");
  const named = tagged("snapshot", { ...ofDriver, CSIVolumeSnapshotName: "one" });
  return [
    ...groups,
    VolumeId,
    ...(await aws("ec2 CreateSnapshot", { VolumeId, ...named }, "SnapshotId")),
    ...(await aws("ec2 CreateNetworkInterface", { ...eni, ...ofCluster }, "NetworkInterfaceId")),
    ...(await aws("elastic-load-balancing-v2 CreateLoadBalancer", balancer, "LoadBalancerArn")),
    ...(await aws("elastic-load-balancing-v2 CreateTargetGroup", target, "TargetGroupArn")),
  ];
}

/** Everything of these kinds that exists. */
async function existing(): Promise<readonly string[]> {
  const lists = [
    aws("elastic-load-balancing-v2 DescribeLoadBalancers", {}, "LoadBalancerArn"),
    aws("elastic-load-balancing-v2 DescribeTargetGroups", {}, "TargetGroupArn"),
    aws("ec2 DescribeNetworkInterfaces", {}, "NetworkInterfaceId"),
    aws("ec2 DescribeSecurityGroups", {}, "GroupId"),
    aws("ec2 DescribeVolumes", {}, "VolumeId"),
    aws("ec2 DescribeSnapshots", { OwnerIds: ["self"] }, "SnapshotId"),
  ];
  return (await Promise.all(lists)).flat();
}

function worldOn({ variables }: Moto): FakeWorld {
  const world = new FakeWorld();
  const { PATH, HOME } = process.env;
  world.environment = { PATH, HOME, ...variables };
  Object.assign(world.aws, sdk);
  Object.assign(world.clock, {
    now: () => new Date(),
    every: (_: number, act: () => void) => {
      const timer = setInterval(act, 20);
      return () => {
        clearInterval(timer);
      };
    },
  });
  return world;
}

describe.skipIf(because !== undefined)(`what a cluster has left, with the real SDK ${because ?? ""}`, () => {
  beforeAll(async () => {
    moto = await startMoto();
    environment = { PATH: "", HOME: "", ...moto.variables };
  });
  afterAll(() => {
    moto.stop();
  });

  test("goes with it, data with a consent of its own, and what another cluster has stays", async () => {
    const network = await createNetwork();
    const theirs = await leave("dev-2", network);
    const ours = await leave("dev", network);
    const world = worldOn(moto);
    const cluster: AnyLayer = {
      ...house,
      abandoned: ({ environment }) => abandonedByCluster({ environment, vpcId: network.VpcId }),
    };
    const layers = [cellar, ground, cluster];
    await run(world, "--env dev --yes", layers);

    const destroy = "destroy --env dev --only house --yes --confirm dev --allow-data-loss house";
    expect(await run(world, destroy, layers)).toMatchObject({ exitCode: 8 });
    expect(ours).toHaveLength(7);
    expect(await existing()).toEqual(expect.arrayContaining([...ours, ...theirs]));
    const ended = await run(world, `${destroy} --remove-leftovers`, layers);
    expect(ended, world.printed.join("\n")).toBe(0);
    // A rule of a group that refers to another one names it as well.
    const left = await existing();
    expect(left.filter((id) => ours.includes(id))).toEqual([]);
    expect(left).toEqual(expect.arrayContaining([...theirs, network.nodes]));
  });
});
