import { describe, expect, test } from "vitest";
import { vpc } from "../../modules/vpc/layer";
import { privateRanges } from "../../modules/vpc/network/private-ranges";
import { Settings } from "../../modules/vpc/settings";
import { ConfigError } from "../../lib/environment/config-error";
import { type Block, loadConfig, type RawEnvironment, type SynthesisOptions, synthLayer } from "../synth";
import { readPolicy } from "./policies";

const synth = (options: SynthesisOptions = {}) => synthLayer(vpc, options);
const withSettings = (settings: object): SynthesisOptions => ({
  edit: (raw: RawEnvironment) => {
    raw.layers.vpc = { ...raw.layers.vpc, ...settings };
  },
});
const example = synth();
const zones = ["us-west-2a", "us-west-2b", "us-west-2c"];
const blocks = (type: string, options?: SynthesisOptions): readonly Block[] =>
  Object.values((options ? synth(options) : example).all(type));

function refusal(settings: object): string {
  try {
    synth(withSettings(settings));
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("The configuration was accepted");
}

test("has a public and a private subnet in every zone, without automatic public IP addresses", () => {
  for (const kind of ["public", "private"])
    for (const zone of zones)
      expect(example.resource("aws_subnet", `${kind}-${zone}`)).toMatchObject({
        availability_zone: zone,
        map_public_ip_on_launch: false,
      });
  expect(blocks("aws_subnet")).toHaveLength(6);
});

test("tags subnets so that the load balancer controller finds them", () => {
  expect(example.resource("aws_subnet", "public-us-west-2a")["tags"]).toEqual({
    Name: "example-public-us-west-2a",
    Network: "Public",
    "kubernetes.io/role/elb": "1",
  });
  expect(example.resource("aws_subnet", "private-us-west-2a")["tags"]).toEqual({
    Name: "example-private-us-west-2a",
    Network: "Private",
    "kubernetes.io/role/internal-elb": "1",
  });
});

test("routes each private subnet through the NAT gateway of its own zone", () => {
  for (const zone of zones) {
    expect(example.resource("aws_route", `private-${zone}-default-route`)).toMatchObject({
      route_table_id: `\${aws_route_table.private-${zone}-routes.id}`,
      destination_cidr_block: "0.0.0.0/0",
      nat_gateway_id: `\${aws_nat_gateway.nat-${zone}.id}`,
    });
    expect(example.resource("aws_nat_gateway", `nat-${zone}`)["subnet_id"]).toBe(
      `\${aws_subnet.public-${zone}.id}`,
    );
    expect(example.resource("aws_route", `public-${zone}-default-route`)["gateway_id"]).toBe(
      "${aws_internet_gateway.internet-gateway.id}",
    );
  }
});

test("associates a route table with every subnet", () => {
  const associated = blocks("aws_route_table_association").map(({ subnet_id }) => subnet_id);
  const subnets = Object.keys(example.all("aws_subnet")).map((id) => `\${aws_subnet.${id}.id}`);
  expect(associated.sort()).toEqual(subnets.sort());
});

test("leaves the default security group without rules", () => {
  const group = example.resource("aws_default_security_group", "default-security-group");
  expect(group["ingress"]).toBeUndefined();
  expect(group["egress"]).toBeUndefined();
});

test("denies SSH from outside the VPC in the network ACL", () => {
  const { ingress } = example.resource("aws_default_network_acl", "default-network-acl");
  const rules = (ingress as Block[]).map(({ action, cidr_block, from_port }) => [
    action,
    cidr_block,
    from_port,
  ]);
  expect(rules).toEqual([
    ["allow", "10.20.0.0/20", 0],
    ["deny", "0.0.0.0/0", 22],
    ["allow", "0.0.0.0/0", 0],
  ]);
});

test("reaches S3 without NAT from every private subnet, and allows no writes to buckets of other accounts", () => {
  const endpoint = example.resource("aws_vpc_endpoint", "endpoint-s3");
  expect(endpoint["vpc_endpoint_type"]).toBe("Gateway");
  expect(endpoint["route_table_ids"]).toEqual(
    zones.map((zone) => `\${aws_route_table.private-${zone}-routes.id}`),
  );
  const foreign = readPolicy(endpoint).filter(({ Condition }) => Condition === undefined);
  expect(foreign.flatMap(({ Action }) => Action)).toEqual(["s3:GetObject", "s3:GetObjectVersion"]);
});

test("allows every range of the VPC", () => {
  const wider = synth(withSettings({ additionalCidrs: ["100.64.0.0/16"] }));
  expect(wider.resource("aws_vpc_ipv4_cidr_block_association", "range-100-64-0-0-16")["cidr_block"]).toBe(
    "100.64.0.0/16",
  );
  expect(Object.keys(wider.all("aws_vpc_security_group_egress_rule"))).toEqual([
    "bastion-to-https-10-20-0-0-20",
    "bastion-to-https-100-64-0-0-16",
    "bastion-to-postgresql-10-20-0-0-20",
    "bastion-to-postgresql-100-64-0-0-16",
    "bastion-to-s3",
  ]);
});

test("allows no inbound traffic to the bastion, and outbound traffic to HTTPS and PostgreSQL in the VPC and to S3 only", () => {
  const group = "${aws_security_group.bastion-security-group.id}";
  const of = (type: string) => blocks(type).filter(({ security_group_id }) => security_group_id === group);
  expect(of("aws_vpc_security_group_ingress_rule")).toEqual([]);
  const egress = of("aws_vpc_security_group_egress_rule").map(({ from_port, cidr_ipv4, prefix_list_id }) => [
    from_port,
    cidr_ipv4 ?? prefix_list_id,
  ]);
  expect(egress).toEqual([
    [443, "10.20.0.0/20"],
    [5432, "10.20.0.0/20"],
    [443, "${aws_vpc_endpoint.endpoint-s3.prefix_list_id}"],
  ]);
});

test("describes every security group and every rule", () => {
  const types = ["", "_ingress_rule", "_egress_rule"].map((suffix) =>
    suffix === "" ? "aws_security_group" : `aws_vpc_security_group${suffix}`,
  );
  const all = types.flatMap((type) => blocks(type));
  expect(all.filter(({ description }) => !description)).toEqual([]);
  expect(all.filter(({ cidr_ipv4 }) => cidr_ipv4 === "0.0.0.0/0")).toEqual([]);
});

describe("in an existing VPC", () => {
  const zone = (number: number) => ({
    privateSubnetId: `subnet-a${number}`,
    privateCidr: `10.20.${4 * number}.0/22`,
    publicSubnetId: `subnet-b${number}`,
    privateRouteTableId: `rtb-${number}`,
    natPublicIp: `203.0.113.${number}`,
  });
  const whole = { "us-west-2a": zone(1), "us-west-2b": zone(2), "us-west-2c": zone(3) };
  const existing = (changed: object = {}) => ({
    network: { source: "existing", vpcId: "vpc-0123", zones: whole, ...changed },
  });
  const layer = synth(withSettings(existing()));

  test("creates no network, only endpoints and security groups", () => {
    const types = Object.keys(layer.json.resource ?? {});
    expect(
      types.filter((type) =>
        /^aws_(vpc|subnet|nat_gateway|eip|route.*|internet_gateway|default_.*)$/.test(type),
      ),
    ).toEqual([]);
    expect(layer.resource("aws_vpc_endpoint", "endpoint-s3")["route_table_ids"]).toEqual([
      "rtb-1",
      "rtb-2",
      "rtb-3",
    ]);
  });

  test("publishes the IDs from the settings", () => {
    expect(layer.json.output).toMatchObject({
      vpcId: { value: "vpc-0123" },
      privateSubnetIds: { value: { "us-west-2b": "subnet-a2" } },
      publicSubnetIds: { value: { "us-west-2b": "subnet-b2" } },
      privateRouteTableIds: { value: { "us-west-2b": "rtb-2" } },
      natGatewayIds: { value: {} },
      natPublicIps: { value: { "us-west-2b": "203.0.113.2" } },
    });
  });

  test("uses an existing endpoint of S3", () => {
    const shared = synth(withSettings(existing({ s3PrefixListId: "pl-0123" })));
    expect(shared.all("aws_vpc_endpoint")).toEqual({});
    expect(shared.resource("aws_vpc_security_group_egress_rule", "bastion-to-s3")["prefix_list_id"]).toBe(
      "pl-0123",
    );
  });

  test("returns the actual ranges of the private subnets", () => {
    const settings = Settings.parse({ cidr: "10.20.0.0/20", ...existing() });
    expect(privateRanges(settings, zones)["us-west-2b"]).toBe("10.20.8.0/22");
    expect(privateRanges({ cidr: "10.20.0.0/20", network: { source: "new" } }, zones)).toMatchObject({
      "us-west-2a": "10.20.4.0/22",
    });
  });

  test("declares the network as a precondition", () => {
    const { environment, settings } = loadConfig(withSettings(existing()));
    const asked = vpc.preconditions?.({ environment, settings: Settings.parse(settings["vpc"]) }) ?? [];
    expect(asked).toContainEqual({
      type: "aws_vpc",
      attributes: { id: "vpc-0123", cidr_block: "10.20.0.0/20" },
    });
    expect(asked.filter(({ type }) => type === "aws_subnet")).toHaveLength(6);
  });

  test("rejects fewer than three private subnets", () => {
    const { "us-west-2a": first } = whole;
    expect(refusal(existing({ zones: { "us-west-2a": first } }))).toMatch(
      /layers\.vpc\.network\.zones: has no private subnet in "us-west-2b" and "us-west-2c"/,
    );
    const without: Partial<typeof first> = { ...first };
    delete without.privateSubnetId;
    expect(refusal(existing({ zones: { ...whole, "us-west-2a": without } }))).toMatch(
      /network\.zones\.us-west-2a\.privateSubnetId: is missing/,
    );
  });

  test("rejects private subnets that are too small for the pods of the profile", () => {
    const small = Object.entries(whole).map(
      ([name, given], index) => [name, { ...given, privateCidr: `10.20.${index}.0/26` }] as const,
    );
    expect(refusal(existing({ zones: Object.fromEntries(small) }))).toMatch(
      /layers\.vpc\.network\.zones: has a private subnet with 59 addresses, but \d+ nodes/,
    );
  });

  test("rejects zones outside the environment, duplicate subnets, and ranges outside the VPC", () => {
    const { "us-west-2a": first } = whole;
    expect(refusal(existing({ zones: { ...whole, "us-west-2d": zone(3) } }))).toMatch(
      /"us-west-2d" is not a zone of the environment/,
    );
    expect(refusal(existing({ zones: { ...whole, "us-west-2b": { ...first } } }))).toMatch(
      /us-west-2b\.privateSubnetId: "subnet-a1" is specified twice/,
    );
    const stray = { ...first, privateCidr: "10.99.0.0/22" };
    expect(refusal(existing({ zones: { ...whole, "us-west-2a": stray } }))).toMatch(
      /"10\.99\.0\.0\/22" is outside the VPC, which has 10\.20\.0\.0\/20/,
    );
  });

  test("rejects settings of a new and an existing network together", () => {
    expect(refusal({ network: { source: "new", vpcId: "vpc-0123" } })).toMatch(/layers\.vpc\.network\.vpcId/);
  });
});

test("rejects overlapping ranges", () => {
  expect(refusal({ additionalCidrs: ["10.20.8.0/24"] })).toMatch(
    /"10\.20\.8\.0\/24" overlaps "10\.20\.0\.0\/20"/,
  );
});
