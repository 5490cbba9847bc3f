import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { capacityText } from "../../capacity/text";
import { scaleProfiles } from "../../lib/layer/environment-schema";
import { all, exampleWith, reportOf } from "./synthesised";

describe.each(scaleProfiles)("scale profile %s", (scaleProfile) => {
  const report = reportOf(exampleWith({ scaleProfile }));

  test("has addresses for all of its pods and places for all of its volumes", () => {
    expect(report.nodeGroups.length).toBeGreaterThan(0);
    expect(report.misfits).toEqual([]);
  });

  test("takes more addresses at its maximum, and more again during an update", () => {
    const privates = report.subnets.filter(({ name }) => name.startsWith("vpc private"));
    expect(privates).toHaveLength(3);
    for (const { used } of privates) {
      expect(used.desired).toBeGreaterThan(0);
      expect(used.maximum).toBeGreaterThanOrEqual(used.desired);
      expect(used.updating).toBeGreaterThan(used.maximum);
    }
  });
});

test.each(["dev", "prod"] as const)("the environment %s fits", (config) => {
  expect(reportOf({ config }).misfits).toEqual([]);
});

test("a full node takes an address for each pod, two warm ones and one for each interface", () => {
  const before = reportOf();
  const without = reportOf({}, (json) => {
    for (const group of all(json, "aws_eks_node_group")) group.scaling_config.max_size = 0;
  });
  const [group] = before.nodeGroups;
  const nodes = before.nodeGroups.reduce((sum, { max }) => sum + max, 0);
  expect(group).toMatchObject({ maxPods: 58, instance: { networkInterfaces: 4, addressesByInterface: 15 } });
  const of = (report: typeof before) =>
    report.subnets.reduce(
      (sum, { name, used }) => (name.startsWith("vpc private") ? sum + used.maximum : sum),
      0,
    );
  // Four interfaces of fifteen hold 60 addresses, fewer than the plug-in would like to.
  const byNode = 60;
  expect((of(before) - of(without)) % byNode).toBe(0);
  expect(of(before) - of(without)).toBeGreaterThanOrEqual(nodes * byNode);
});

test("a subnet that is too small is reported, with available and required addresses", () => {
  const report = reportOf({}, (json) => {
    json["vpc"].resource.aws_subnet["private-us-west-2b"].cidr_block = "10.20.8.0/27";
  });
  expect(report.misfits).toEqual([
    expect.stringMatching(
      /^Subnet vpc private-us-west-2b has 27 addresses, but needs \d+, and \d+ during an update$/,
    ),
  ]);
});

test("more pods than a node has addresses for are named", () => {
  const report = reportOf({}, (json) => {
    for (const template of all(json, "aws_launch_template")) template.instance_type = "t3.large";
  });
  expect(report.misfits[0]).toMatch(/^Nodes of main.* may run 58 pods, but t3.large has addresses for 35$/);
});

test.each([
  ["t3.2xlarge", 58],
  ["m5.4xlarge", 110],
  ["m5.8xlarge", 234],
  ["m5.16xlarge", 250],
])("a node of %s without a file for nodeadm runs the %i pods that EKS sets", (type, pods) => {
  const report = reportOf({}, (json) => {
    for (const template of all(json, "aws_launch_template")) {
      template.instance_type = type;
      delete template.user_data;
    }
  });
  expect(new Set(report.nodeGroups.map(({ maxPods }) => maxPods))).toEqual(new Set([pods]));
});

test("the places for volumes are those that the EBS CSI driver reports", () => {
  const places = (limit: number) =>
    reportOf({}, (json) => {
      json["eks"].resource.aws_eks_addon["aws-ebs-csi-driver"].configuration_values = JSON.stringify({
        node: { volumeAttachLimit: limit },
      });
    }).volumes.find(({ nodes }) => nodes === "main")?.places;
  // As many as the nodes can attach at most, which four network interfaces leave 23 of.
  expect([places(10), places(23), places(27)]).toEqual([60, 138, 138]);
});

test("volumes that no node can attach are counted", () => {
  const report = reportOf(exampleWith({ scaleProfile: "1ken" }), (json) => {
    for (const group of all(json, "aws_eks_node_group"))
      if (JSON.stringify(group.labels).includes("observability")) group.scaling_config.max_size = 0;
  });
  expect(report.misfits).toEqual([
    expect.stringMatching(/^Applications need \d+ volumes on observability nodes, which can attach 0$/),
  ]);
});

test("an unknown instance type is refused with its name", () => {
  const unknown = () =>
    reportOf({}, (json) => {
      for (const template of all(json, "aws_launch_template")) template.instance_type = "m5.metal";
    });
  expect(unknown).toThrow('Cannot size the nodes of "');
});

test("the subnets of an existing VPC are not counted", () => {
  const report = reportOf({
    edit: (raw) => {
      const zone = (index: number) => ({
        privateSubnetId: `subnet-0123456789abcdef${index}`,
        privateCidr: `10.20.${4 * (index + 1)}.0/22`,
        natPublicIp: `203.0.113.1${index}`,
        publicSubnetId: `subnet-1123456789abcdef${index}`,
        privateRouteTableId: `rtb-0123456789abcdef${index}`,
      });
      const zones = { "us-west-2a": zone(0), "us-west-2b": zone(1), "us-west-2c": zone(2) };
      raw.layers.vpc.network = { source: "existing", vpcId: "vpc-0123456789abcdef0", zones };
    },
  });
  expect(report.subnets).toEqual([]);
  const text = capacityText({ ink: pc.createColors(false), columns: Infinity }, report);
  expect(text).toContain("every node full of pods was checked when the file was read");
  expect(report.quotas.find(({ quota }) => quota.name === "VPCs per Region")?.needed).toBe(0);
  expect(report.cost.lines.find(({ item }) => item === "public IPv4 addresses")?.amount).toBe("9 addresses");
});
