import { beforeEach, expect, test } from "vitest";
import { inOrder, type AnyLayer } from "../../lib/layer/layer";
import { abandonedByCluster } from "../../modules/eks/abandoned";
import { AbandonedAccount } from "./abandoned-account";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import { commands, run, table } from "./runs";
import { cellar, ground, house } from "./toys";

const cluster: AnyLayer = {
  ...house,
  abandoned: ({ environment, ids }) => abandonedByCluster({ environment, vpcId: ids("aws_vpc")[0] }),
};
const layers = inOrder([cellar, ground, cluster]);
const destroy = "destroy --env dev --from ground --confirm dev";
const unasked = `${destroy} --yes --allow-data-loss house`;

const owned = { "kubernetes.io/cluster/dev": "owned" };
const balancer = "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/net/k8s-one/1";
const others = balancer.replace("k8s-one", "others");

let world: FakeWorld;
let account: AbandonedAccount;

beforeEach(async () => {
  world = new FakeWorld();
  const aws = new FakeAws(world);
  await run(world, "--env dev --yes", layers);
  aws.calls.length = 0;
  account = new AbandonedAccount(world);
  account.items.set(balancer, { kind: "load balancer", tags: { "elbv2.k8s.aws/cluster": "dev" } });
  account.items.set(others, { kind: "load balancer", tags: { "elbv2.k8s.aws/cluster": "dev-2" } });
  account.items.set("eni-1", { kind: "interface", tags: { "cluster.k8s.amazonaws.com/name": "dev" } });
  account.items.set("sg-1", { kind: "group", tags: owned });
  account.items.set("sg-2", { kind: "group", tags: { "elbv2.k8s.aws/cluster": "dev" }, allows: ["sg-1"] });
  account.items.set("sg-nodes", { kind: "group", tags: { ...owned, layer: "vpc" }, allows: ["sg-2"] });
  account.items.set("sg-shared", { kind: "group", tags: { "kubernetes.io/cluster/dev": "shared" } });
  world.printed.length = 0;
  world.ran.length = 0;
});

const plain = [balancer, "eni-1", "sg-1", "sg-2"];
const data = ["snap-1", "vol-1"];

/** Volumes and a snapshot of the cluster's, and what others have. */
function addData(more: Readonly<Record<string, string>> = {}): void {
  const driver = { "ebs.csi.aws.com/cluster": "true", ...more };
  account.items.set("vol-1", { kind: "volume", tags: { ...driver, ...owned } });
  // As others tag what they own.
  account.items.set("vol-others", { kind: "volume", tags: { ...driver, environment: "dev" } });
  account.items.set("snap-1", {
    kind: "snapshot",
    tags: { ...driver, ...owned, CSIVolumeSnapshotName: "a" },
  });
  // AWS Backup copies the tags of the volume.
  account.items.set("snap-backup", { kind: "snapshot", tags: { ...driver, ...owned } });
}

const deleted = () => account.done.filter((step) => !step.startsWith("revoke"));

test("what the cluster has left is deleted before the network, in an order that works, and nothing of others", async () => {
  const before: string[] = [];
  world.before = (command) => {
    if (command === "ground apply") before.push(...deleted());
  };
  world.answering("house", "yes");
  expect(await run(world, destroy, layers)).toBe(0);
  expect(world.questions.at(-1)).toBe('Delete what programs in the cluster "dev" have left? yes/no');
  expect(before).toEqual(plain);
  expect(account.done.filter((step) => step.startsWith("revoke"))).toEqual([
    'revoke [{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"sg-1"}]}] in sg-2',
    'revoke [{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"sg-2"}]}] in sg-nodes',
  ]);
  expect([...account.items.keys()]).toEqual([others, "sg-nodes", "sg-shared"]);
  expect(world.printed.join("\n")).toContain(
    `load balancers (${balancer}): about 16 USD a month each, and their subnets and VPC cannot be deleted before`,
  );
});

test("nothing is deleted that came after the question, nor of a cluster that was created in the meantime", async () => {
  const ask = world.terminal.ask.bind(world.terminal);
  let meanwhile = () => {
    account.items.set("sg-late", { kind: "group", tags: owned });
  };
  Object.assign(world.terminal, {
    ask: (...given: Parameters<typeof ask>) => {
      if (given[0].includes("have left?")) meanwhile();
      return ask(...given);
    },
  });
  world.answering("house", "yes");
  await run(world, destroy, layers);
  expect(deleted()).toEqual(plain);
  account.done.length = 0;
  meanwhile = () => {
    account.clusterExists = true;
  };
  world.answering("yes");
  await run(world, destroy, layers);
  expect(world.questions.at(-1)).toContain("have left?");
  expect(account.done).toEqual([]);
});

test("a no deletes nothing, and the same command asks again, though the cluster's layer has no objects", async () => {
  world.answering("house", "no");
  expect(await run(world, destroy, layers)).toMatchObject({ message: 'Cannot destroy "house": declined' });
  expect(account.done).toEqual([]);
  expect(commands(world, "apply")).not.toContain("ground apply");
  world.answering("yes");
  expect(await run(world, destroy, layers)).toBe(0);
  expect(deleted()).toEqual(plain);
  expect(table(world)).toEqual({ house: "nothing to destroy", ground: "destroyed" });
});

test("--yes does not cover it: the run ends with 8 and the option that does", async () => {
  expect(await run(world, unasked, layers)).toMatchObject({
    message: `Cannot finish destroying "house" without approval: programs in the cluster "dev" have left load balancers (${balancer}), network interfaces (eni-1), security groups (sg-1, sg-2)`,
    hint: `To delete them as well, run: npx ts-node scripts/provision.ts destroy --env dev --from ground --yes --confirm dev --allow-data-loss house --remove-leftovers`,
    exitCode: 8,
  });
  expect(account.done).toEqual([]);
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(deleted()).toEqual(plain);
});

test("a destroy of the network alone deletes what keeps it, too", async () => {
  world.answering("house", "no");
  await run(world, destroy, layers);
  world.answering("yes");
  expect(await run(world, "destroy --env dev --only ground --confirm dev", layers)).toBe(0);
  expect(deleted()).toEqual(plain);
});

test("data stays without the layer in --allow-data-loss, and goes with both options", async () => {
  addData();
  world.answering("house", "yes", "no");
  expect(await run(world, destroy, layers)).toBe(0);
  expect(world.questions.at(-1)).toContain("yes/no");
  expect(world.printed.join("\n")).toContain(
    "Delete snapshots of volumes of pods (1), volumes of pods (1), with all their data?",
  );
  expect(deleted()).toEqual(plain);
  const only = "destroy --env dev --only house --yes --confirm dev";
  expect(await run(world, `${only} --remove-leftovers`, layers)).toMatchObject({ exitCode: 4 });
  expect(await run(world, `${only} --allow-data-loss house`, layers)).toBe(0);
  expect(deleted()).toEqual(plain);
  expect(await run(world, `${only} --allow-data-loss house --remove-leftovers`, layers)).toBe(0);
  expect(deleted()).toEqual([...plain, ...data]);
  expect([...account.items.keys()]).toEqual(expect.arrayContaining(["vol-others", "snap-backup"]));
});

test("--remove-leftovers alone covers no data, also where the layer itself has none", async () => {
  addData();
  const vpcId = [...world.cloud.objects.values()].find(({ type }) => type === "aws_vpc")?.id;
  const idle: AnyLayer = {
    ...ground,
    abandoned: ({ environment }) => abandonedByCluster({ environment, vpcId }),
  };
  const command = "destroy --env dev --only ground --yes --confirm dev --remove-leftovers";
  await run(world, "destroy --env dev --only house --yes --confirm dev --allow-data-loss house", [
    cellar,
    ground,
    house,
  ]);
  expect(await run(world, command, [cellar, idle])).toBe(0);
  expect(deleted()).toEqual(plain);
  expect(await run(world, `${command} --allow-data-loss ground`, [cellar, idle])).toBe(0);
  expect(deleted()).toEqual([...plain, ...data]);
});

test("nothing is touched while AWS knows the cluster, or does not say", async () => {
  account.clusterExists = true;
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(world.printed.join("\n")).toContain(
    'Not looked for: what programs in the cluster "dev" created, because it still exists',
  );
  account.refusals.set("DescribeCluster", awsError("AccessDeniedException", "not authorized", 403));
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(account.done).toEqual([]);
});

test("of balancers of which one has vanished since they were listed, the rest is found, 20 at a time", async () => {
  const more = Array.from({ length: 40 }, (_, index) => balancer.replace("k8s-one", `k8s-${index}`));
  for (const arn of more)
    account.items.set(arn, { kind: "load balancer", tags: { "elbv2.k8s.aws/cluster": "dev" } });
  account.vanished
    .add(others)
    .add(more[3] ?? "")
    .add(more[39] ?? "");
  expect(await run(world, unasked, layers)).toMatchObject({ exitCode: 8 });
  account.items.delete(more[3] ?? "");
  account.items.delete(more[39] ?? "");
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(deleted().filter((id) => id.startsWith("arn:"))).toHaveLength(1 + 38);
});

test("what has the same tags in another VPC, or is of a stack of CloudFormation, is shown and stays", async () => {
  account.items.clear();
  const vpcId = "vpc-of-an-earlier-cluster";
  const stacked = { "aws:cloudformation:stack-name": "theirs" };
  const group = balancer.replace("loadbalancer/net", "targetgroup");
  const tags = { "elbv2.k8s.aws/cluster": "dev" };
  account.items.set(balancer, { kind: "load balancer", vpcId, tags });
  account.items.set(group, { kind: "target group", vpcId, tags });
  account.items.set("eni-1", { kind: "interface", vpcId, tags: { "cluster.k8s.amazonaws.com/name": "dev" } });
  account.items.set("sg-1", { kind: "group", vpcId, tags: owned });
  account.items.set("sg-2", { kind: "group", tags: { ...owned, ...stacked }, allows: ["sg-1"] });
  addData({ ...stacked });
  account.classic.push("arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/a1b2");
  account.classicVpc = vpcId;
  const before = [...account.items.keys()];
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect([account.done, [...account.items.keys()]]).toEqual([[], before]);
  const printed = world.printed.join("\n");
  const own = /not in (vpc-\w+)/.exec(printed)?.[1];
  const elsewhere = `not touched, because it is in ${vpcId}, not in ${own}`;
  for (const shown of [
    `load balancers (${balancer})`,
    "classic load balancers (a1b2)",
    `target groups (${group})`,
  ])
    expect(printed).toContain(`${shown}: ${elsewhere}`);
  for (const shown of ["network interfaces (eni-1)", "security groups (sg-1)"])
    expect(printed).toContain(`${shown}: ${elsewhere}`);
  for (const shown of [
    "security groups (sg-2)",
    "volumes of pods (vol-1)",
    "snapshots of volumes of pods (snap-1)",
  ])
    expect(printed).toContain(`${shown}: not touched, because the CloudFormation stack "theirs" manages it`);
});

test("without a known VPC, nothing of a VPC is deleted", async () => {
  const nowhere: AnyLayer = {
    ...house,
    abandoned: ({ environment }) => abandonedByCluster({ environment, vpcId: undefined }),
  };
  expect(await run(world, `${unasked} --remove-leftovers`, [cellar, ground, nowhere])).toBe(0);
  expect(account.done).toEqual([]);
  expect(world.printed.join("\n")).toContain("and which VPC is that of the environment is not known");
});

test("rules that refer to a group stay as long as something uses it", async () => {
  account.items.delete(balancer);
  account.used.add("sg-2");
  const rounds: string[][] = [];
  const every = world.clock.every.bind(world.clock);
  Object.assign(world.clock, {
    every: (...given: Parameters<typeof every>) => {
      if (account.done.includes("sg-1") && account.used.delete("sg-2")) rounds.push([...account.done]);
      return every(...given);
    },
  });
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(rounds).toHaveLength(1);
  expect(rounds[0]?.some((step) => step.endsWith("in sg-nodes"))).toBe(false);
  expect(account.done.slice(-2)).toEqual([expect.stringContaining("in sg-nodes"), "sg-2"]);
});

test("what cannot be listed is said, and the rest is deleted", async () => {
  account.refusals.set("DescribeLoadBalancers", awsError("AccessDenied", "not authorized", 403));
  account.items.delete(balancer);
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(world.printed.join("\n")).toContain(
    'Not checked: load balancers; AWS says "AccessDenied: not authorized"',
  );
  expect(deleted()).toEqual(plain.slice(1));
});

test("a classic load balancer that still has interfaces ends the run with the command that deletes it", async () => {
  const place = "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer";
  account.classic.push(`${place}/a1b2`, `${place}/deleted-before`, balancer);
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toMatchObject({
    message: expect.stringContaining("classic load balancers (a1b2)") as string,
    hint: expect.stringMatching(
      /^Run: aws elb delete-load-balancer --load-balancer-name a1b2 --region us-west-2; then run: /,
    ) as string,
    exitCode: 8,
  });
});

test("a rehearsal asks AWS nothing", async () => {
  rehearseInMemory(world);
  expect(await run(world, "destroy --env dev --from ground --rehearse", layers)).toBe(0);
  expect(account.done).toEqual([]);
  expect(world.printed.join("\n")).not.toContain("Left by the cluster");
});
