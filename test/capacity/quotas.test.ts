import { expect, test } from "vitest";
import { capacityText } from "../../capacity/text";
import { all, exampleWith, type RawLayers, reportOf } from "./synthesised";

type Report = ReturnType<typeof reportOf>;
const need = ({ quotas }: Report, code: string) => quotas.find(({ quota }) => quota.code === code)!;
const same = (text: string) => text;
const page = {
  ink: { bold: same, dim: same, red: same, green: same, yellow: same },
  columns: Infinity,
};
const needed = (report: Report, code: string) => need(report, code).needed;

test("the example needs few of everything but virtual CPUs", () => {
  const report = reportOf();
  expect(report.quotas.filter(({ exceeded }) => exceeded).map(({ quota }) => quota.code)).toEqual([
    "L-1216C47A",
  ]);
  expect(needed(report, "L-0263D0A3")).toBe(3);
  expect(needed(report, "L-FE5A380F")).toBe(1);
});

test("ranges of a VPC are counted with the first one, and rules of its network ACL with the one that AWS adds", () => {
  const ranges = (count: number) => Array.from({ length: count }, (_, index) => `100.64.${index}.0/24`);
  const report = (count: number) =>
    reportOf({ edit: (raw) => void (raw.layers.vpc.additionalCidrs = ranges(count)) });
  const of = (count: number, code: string) => {
    const { needed, exceeded, raise } = need(report(count), code);
    return [needed, exceeded, raise];
  };
  const raise = (code: string, value: number) =>
    `aws service-quotas request-service-quota-increase --region us-west-2 --service-code vpc --quota-code ${code} --desired-value ${value}`;
  expect(of(4, "L-83CA0A9D").slice(0, 2)).toEqual([5, false]);
  expect(of(4, "L-2AEEBF1A").slice(0, 2)).toEqual([8, false]);
  expect(of(17, "L-83CA0A9D")).toEqual([18, true, raise("L-83CA0A9D", 18)]);
  expect(of(17, "L-2AEEBF1A")).toEqual([21, true, raise("L-2AEEBF1A", 21)]);
});

const elasticIp = "L-0263D0A3";
const changes: readonly (readonly [code: string, by: number, change: (json: RawLayers) => void])[] = [
  [elasticIp, 1, (json) => (json["vpc"].resource.aws_eip.more = {})],
  ["L-F678F1CE", 1, (json) => (json["vpc"].resource.aws_vpc.more = {})],
  [
    "L-FE5A380F",
    1,
    (json) => {
      const gateways = json["vpc"].resource.aws_nat_gateway;
      gateways.more = gateways["nat-us-west-2a"];
    },
  ],
  ["L-69A177A2", 1, (json) => (json["lb-waf"].resource.aws_lb.more = { load_balancer_type: "network" })],
  ["L-53DA6B97", 1, (json) => (json["lb-waf"].resource.aws_lb.more = { load_balancer_type: "application" })],
  ["L-7B6409FD", 2, (json) => (json["aurora"].resource.aws_db_instance = { a: {}, b: {} })],
  ["L-DC2B2D3D", 1, (json) => (json["object-store"].resource.aws_s3_bucket.more = {})],
  [
    "L-1216C47A",
    16,
    (json) => (json["network-operations"].resource.aws_instance.more = { instance_type: "m5.4xlarge" }),
  ],
];

test.each(changes)("quota %s is counted in the synthesised JSON", (code, by, change) => {
  expect(needed(reportOf({}, change), code)).toBe(needed(reportOf(), code) + by);
});

test("rules are counted by security group and direction", () => {
  const report = reportOf({}, (json) => {
    const rules = json["network-operations"].resource.aws_vpc_security_group_ingress_rule;
    for (let index = 0; index < 100; index++)
      rules[`more-${index}`] = { security_group_id: "${aws_security_group.more.id}" };
  });
  expect(needed(report, "L-0EA8095F")).toBe(100);
  expect(need(report, "L-0EA8095F").exceeded).toBe(true);
});

test("rules of IPv4 and IPv6 are counted apart, and security groups by load balancer", () => {
  const report = reportOf({}, (json) => {
    const rules = json["lb-waf"].resource.aws_vpc_security_group_ingress_rule;
    const security_group_id = "${aws_security_group.more.id}";
    for (let index = 0; index < 60; index++) {
      rules[`four-${index}`] = { security_group_id, cidr_ipv4: `10.0.${index}.0/24` };
      rules[`six-${index}`] = { security_group_id, cidr_ipv6: `2001:db8:${index}::/48` };
    }
    json["lb-waf"].resource.aws_lb["traefik-load-balancer"].security_groups = ["a", "b", "c"];
  });
  expect(needed(report, "L-0EA8095F")).toBe(60);
  expect(needed(report, "L-2AFB9258")).toBe(3);
});

test("endpoints are counted by VPC", () => {
  const more = { vpc_endpoint_type: "Interface", vpc_id: "${aws_vpc.other.id}" };
  const report = reportOf({}, (json) => {
    Object.assign(json["vpc"].resource.aws_vpc_endpoint, { one: more, two: more });
  });
  expect(needed(report, "L-29B6F2EB")).toBe(needed(reportOf(), "L-29B6F2EB"));
});

test("virtual CPUs count by family, at the maximum and while nodes are replaced", () => {
  const report = reportOf({}, (json) => {
    all(json, "aws_launch_template")[0]!.instance_type = "g5.xlarge";
  });
  const groups = report.nodeGroups.filter(({ instance }) => instance.family === "g5");
  const nodes = groups.reduce((sum, { max, zones }) => sum + max + 2 * zones, 0);
  expect(nodes).toBeGreaterThan(0);
  expect(needed(report, "L-DB2E81BA")).toBe(4 * nodes);
});

test("the commands specify region and quota, and request the required value", () => {
  const report = reportOf();
  const { needed: cpus, show, raise } = need(report, "L-1216C47A");
  expect(show).toBe(
    "aws service-quotas get-service-quota --region us-west-2 --service-code ec2 --quota-code L-1216C47A",
  );
  expect(raise).toBe(
    `aws service-quotas request-service-quota-increase --region us-west-2 --service-code ec2 --quota-code L-1216C47A --desired-value ${cpus}`,
  );
});

test("within the default, the command requests that value in addition to existing use", () => {
  expect(need(reportOf(), elasticIp).raise).toMatch(/--desired-value 8$/);
});

test.each([
  ["us-west-2", "aws", "us-east-1"],
  ["us-gov-west-1", "aws-us-gov", "us-gov-west-1"],
  ["cn-north-1", "aws-cn", "cn-north-1"],
])("from %s, quotas of the account are raised in the partition's own region", (region, partition, asked) => {
  expect(need(reportOf(exampleWith({ region, partition })), "L-DC2B2D3D").raise).toContain(
    `--region ${asked} `,
  );
});

test("resource policies of CloudWatch Logs are counted by region, and no command raises their quota", () => {
  const policies = (names: readonly string[], provider?: string) =>
    Object.fromEntries(names.map((name) => [name, provider === undefined ? {} : { provider }]));
  const report = reportOf({}, (json) => {
    json["route53"].resource.aws_cloudwatch_log_resource_policy = policies(["a", "b"], "aws.us-east-1");
    json["vpc"].resource.aws_cloudwatch_log_resource_policy = policies(["a"], "aws");
    json["lb-waf"].resource.aws_cloudwatch_log_resource_policy = policies(["a", "b"]);
  });
  const found = report.quotas.find(({ quota }) => quota.service === "logs");
  expect(found).toMatchObject({
    needed: 3,
    exceeded: false,
    show: "aws logs describe-resource-policies --region us-west-2",
  });
  expect(found).not.toHaveProperty("raise");
});

test("more resource policies than a region takes are reported, without a command that raises the quota", () => {
  const report = reportOf({}, (json) => {
    json["lb-waf"].resource.aws_cloudwatch_log_resource_policy = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [`policy-${index}`, {}]),
    );
  });
  const text = capacityText(page, report);
  expect(text).toMatch(/CloudWatch Logs resource policies per Region +│ logs +│ +11 │ +10 │ too many/);
  expect(text).toContain(
    "describe-resource-policies --region us-west-2\n    AWS raises this quota for no account",
  );
});
