import { describe, expect, test } from "vitest";
import { vpc } from "../../modules/vpc/layer";
import { layers } from "../../modules";
import { lbWaf } from "../../modules/lb-waf/layer";
import { networkOperations } from "../../modules/network-operations/layer";
import { releaseService } from "../../modules/release-service/layer";
import { privateRanges } from "../../modules/vpc/network/private-ranges";
import { Settings } from "../../modules/vpc/settings";
import { ConfigError } from "../../lib/environment/config-error";
import { exceptions } from "../../policy/exceptions";
import { rules } from "../../policy/index";
import { judge } from "../../policy/judgement";
import { SynthesisedJson } from "../../synthesis/environment";
import {
  type Block,
  loadConfig,
  type RawEnvironment,
  type SynthesisOptions,
  synthLayer,
  synthLayers,
} from "../synth";
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

const refusal = (settings: object) => refused(withSettings(settings));

function refused(options: SynthesisOptions): string {
  try {
    loadConfig(options, layers);
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

test("has NAT gateways and their addresses only once the internet gateway is attached", () => {
  for (const block of [...blocks("aws_nat_gateway"), ...blocks("aws_eip")])
    expect(block["depends_on"]).toContain("aws_internet_gateway.internet-gateway");
  expect(blocks("aws_nat_gateway")).toHaveLength(zones.length);
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
    privateSubnetId: `subnet-a000000${number}`,
    privateCidr: `10.20.${4 * number}.0/22`,
    publicSubnetId: `subnet-b000000${number}`,
    privateRouteTableId: `rtb-0000000${number}`,
    natPublicIp: `203.0.113.${number}`,
  });
  const whole = { "us-west-2a": zone(1), "us-west-2b": zone(2), "us-west-2c": zone(3) };
  const existing = (changed: object = {}) => ({
    network: { source: "existing", vpcId: "vpc-01230123", zones: whole, ...changed },
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
      "rtb-00000001",
      "rtb-00000002",
      "rtb-00000003",
    ]);
  });

  test("publishes the IDs from the settings", () => {
    expect(layer.json.output).toMatchObject({
      vpcId: { value: "vpc-01230123" },
      privateSubnetIds: { value: { "us-west-2b": "subnet-a0000002" } },
      publicSubnetIds: { value: { "us-west-2b": "subnet-b0000002" } },
      privateRouteTableIds: { value: { "us-west-2b": "rtb-00000002" } },
      natGatewayIds: { value: {} },
      natPublicIps: { value: { "us-west-2b": "203.0.113.2" } },
    });
  });

  test("uses an existing endpoint of S3", () => {
    const shared = synth(withSettings(existing({ s3PrefixListId: "pl-01230123" })));
    expect(shared.all("aws_vpc_endpoint")).toEqual({});
    expect(shared.resource("aws_vpc_security_group_egress_rule", "bastion-to-s3")["prefix_list_id"]).toBe(
      "pl-01230123",
    );
  });

  test("returns the actual ranges of the private subnets", () => {
    const settings = Settings.parse({ cidr: "10.20.0.0/20", ...existing() });
    expect(privateRanges(settings, zones)["us-west-2b"]).toBe("10.20.8.0/22");
    const planned = privateRanges(Settings.parse({ cidr: "10.20.0.0/20" }), zones);
    expect(planned["us-west-2a"]).toBe("10.20.4.0/22");
  });

  test("declares the network as a precondition", () => {
    const { environment, settings } = loadConfig(withSettings(existing()));
    const asked = vpc.preconditions?.({ environment, settings: Settings.parse(settings["vpc"]) }) ?? [];
    expect(asked).toContainEqual({
      type: "aws_vpc",
      attributes: { id: "vpc-01230123", cidr_block: "10.20.0.0/20" },
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
      /us-west-2b\.privateSubnetId: "subnet-a0000001" is the privateSubnetId of us-west-2a as well/,
    );
    const stray = { ...first, privateCidr: "10.99.0.0/22" };
    expect(refusal(existing({ zones: { ...whole, "us-west-2a": stray } }))).toMatch(
      /"10\.99\.0\.0\/22" is outside the VPC, which has 10\.20\.0\.0\/20/,
    );
  });

  test.each([...["0123", "012345678", "0123456789abcdef", "0123456789abcdef01", "0123456G"]])(
    "rejects the ID vpc-%s: EC2's have 8 or 17 hexadecimal digits",
    (digits) => {
      expect(refusal(existing({ vpcId: `vpc-${digits}` }))).toMatch(
        /must be "vpc-" and 8 or 17 hexadecimal digits, e\.g\. "vpc-0123456789abcdef0"/i,
      );
    },
  );

  test("rejects settings of a new and an existing network together", () => {
    expect(refusal({ network: { source: "new", vpcId: "vpc-01230123" } })).toMatch(
      /layers\.vpc\.network\.vpcId/,
    );
  });
});

/** A VPC as a network team shares it: a small routed range, 100.64.0.0/16 for pods, and a transit gateway instead of NAT. */
describe("in an existing VPC behind a transit gateway", () => {
  const zone = (number: number) => ({
    privateSubnetId: `subnet-a000000${number}`,
    privateCidr: `100.64.${64 * number}.0/18`,
    privateRouteTableId: "rtb-00000001",
    loadBalancerSubnetId: `subnet-b000000${number}`,
  });
  const inZones = { "us-west-2a": zone(0), "us-west-2b": zone(1), "us-west-2c": zone(2) };
  const routed = (change: (raw: RawEnvironment) => void = () => undefined): SynthesisOptions => ({
    edit: (raw: RawEnvironment) => {
      const network = { source: "existing", vpcId: "vpc-01230123", zones: structuredClone(inZones) };
      raw.layers.vpc = { cidr: "10.20.30.0/24", additionalCidrs: ["100.64.0.0/16"], network };
      raw.layers["lb-waf"].scheme = "internal";
      change(raw);
    },
  });
  const faced = (change: (raw: RawEnvironment) => void = () => undefined) =>
    routed((raw) => {
      raw.layers["lb-waf"].scheme = "internet-facing";
      for (const [index, name] of zones.entries())
        raw.layers.vpc.network.zones[name].publicSubnetId = `subnet-c000000${index}`;
      change(raw);
    });
  const known = loadConfig(routed(), layers);
  const json = synthLayers(known);
  const violated = (options: SynthesisOptions) => {
    const { environment, ...loaded } = loadConfig(options, layers);
    const synthesised = new SynthesisedJson(synthLayers({ environment, ...loaded }));
    return judge({ environment, synthesised, rules, exceptions, now: new Date("2026-01-01T00:00:00Z") });
  };

  test("synthesises every layer", () => {
    expect(Object.keys(json)).toEqual(layers.map(({ name }) => name));
    expect(json["vpc"]?.output).toMatchObject({
      publicSubnetIds: { value: {} },
      natPublicIps: { value: {} },
      natGatewayIds: { value: {} },
    });
  });

  test("violates no rule of the policy pack, internal or internet-facing", () => {
    expect(violated(routed()).violations).toEqual([]);
    expect(violated(faced((raw) => (raw.access.adminCidrs = ["198.51.100.7/32"]))).violations).toEqual([]);
  });

  test("names the route table that zones share once", () => {
    expect(json["vpc"]?.resource?.["aws_vpc_endpoint"]?.["endpoint-s3"]?.["route_table_ids"]).toEqual([
      "rtb-00000001",
    ]);
  });

  test("places internal load balancers in subnets of a routed range, or in private ones", () => {
    const balancers = Object.values(json["lb-waf"]?.resource?.["aws_lb"] ?? {});
    expect(balancers.map(({ internal, subnets }) => [internal, subnets])).toEqual(
      balancers.map(() => [true, ["subnet-b0000000", "subnet-b0000001", "subnet-b0000002"]]),
    );
    const unchosen = routed((raw) => {
      for (const name of zones) delete raw.layers.vpc.network.zones[name].loadBalancerSubnetId;
    });
    expect(synthLayer(lbWaf, unchosen).resource("aws_lb", "traefik-load-balancer")["subnets"]).toEqual(
      zones.map((name) => `\${data.terraform_remote_state.vpc.outputs.privateSubnetIds["${name}"]}`),
    );
  });

  test("has the bastion and the endpoints in private subnets, open to both ranges", () => {
    const layer = synthLayer(networkOperations, routed());
    expect(layer.resource("aws_instance", "bastion")).toMatchObject({
      subnet_id: '${data.terraform_remote_state.vpc.outputs.privateSubnetIds["us-west-2a"]}',
      associate_public_ip_address: false,
    });
    expect(Object.keys(layer.all("aws_vpc_security_group_ingress_rule"))).toEqual([
      "endpoints-from-10-20-30-0-24",
      "endpoints-from-100-64-0-0-16",
    ]);
    expect(layer.all("aws_cloudwatch_metric_alarm")).toEqual({});
  });

  test("has neither rules nor exemptions for NAT addresses that it does not have", () => {
    const enabled = faced((raw) => {
      raw.access.adminCidrs = ["198.51.100.7/32"];
      raw.layers["release-service"].enabled = true;
    });
    for (const layer of [lbWaf, releaseService]) {
      const without = synthLayer(layer, enabled);
      const allowed = Object.keys(without.all("aws_vpc_security_group_ingress_rule"));
      expect(allowed.filter((rule) => rule.includes("nat-"))).toEqual([]);
      expect(without.all("aws_wafv2_ip_set")).toEqual({});
      expect(JSON.stringify(without.json)).not.toContain("natPublicIps");
    }
  });

  test("allows the addresses of the zones that have one, and of two zones with the same one once", () => {
    const partly = faced((raw) => {
      raw.access.adminCidrs = ["198.51.100.7/32"];
      for (const name of zones.slice(0, 2)) raw.layers.vpc.network.zones[name].natPublicIp = "203.0.113.1";
    });
    const rules = Object.keys(synthLayer(lbWaf, partly).all("aws_vpc_security_group_ingress_rule"));
    expect(rules.filter((rule) => rule.startsWith("argocd-443-from-nat"))).toEqual([
      "argocd-443-from-nat-us-west-2a",
    ]);
  });

  test("declares its subnets and its route table as preconditions, each once", () => {
    const { environment, settings } = known;
    const asked = vpc.preconditions?.({ environment, settings: Settings.parse(settings["vpc"]) }) ?? [];
    expect(asked.map(({ attributes }) => attributes["id"])).toEqual([
      ...[
        "vpc-01230123",
        "subnet-a0000000",
        "subnet-b0000000",
        "subnet-a0000001",
        "subnet-b0000001",
        "subnet-a0000002",
        "subnet-b0000002",
        "rtb-00000001",
      ],
    ]);
  });

  test.each([
    [{ cidr: "100.64.0.0/16", additionalCidrs: [] }, "a shared range as the first one"],
    [{ cidr: "100.64.0.0/17", additionalCidrs: ["100.64.128.0/17"] }, "shared ranges only"],
    [{ cidr: "198.51.100.0/28", additionalCidrs: ["100.64.0.0/16"] }, "the smallest range, and a public one"],
    [
      { cidr: "10.0.0.0/16", additionalCidrs: ["172.16.0.0/24", "100.64.0.0/16"] },
      "ranges that EC2 once combined",
    ],
  ])("accepts %o: %s", (ranges) => {
    expect(
      loadConfig(
        routed((raw) => void Object.assign(raw.layers.vpc, ranges)),
        layers,
      ),
    ).toBeDefined();
  });

  test.each([
    ["10.20.0.0/29", /"10\.20\.0\.0\/29" has the size \/29\n.*\/16 \(largest\) to \/28/],
    ["10.0.0.0/8", /"10\.0\.0\.0\/8" has the size \/8/],
    ["10.20.30.1/24", /does not start at its network address\n.*Write "10\.20\.30\.0\/24"/],
    ["127.0.0.0/16", /"127\.0\.0\.0\/16" is in 127\.0\.0\.0\/8, which no VPC can have/],
  ])("rejects the range %s, which no VPC can have", (cidr, message) => {
    expect(refused(routed((raw) => (raw.layers.vpc.cidr = cidr)))).toMatch(message);
  });

  test("rejects more ranges than a VPC can have", () => {
    const having = (count: number) =>
      routed((raw) => {
        const more = Array.from({ length: count - 1 }, (_, index) => `100.65.${index}.0/24`);
        raw.layers.vpc.additionalCidrs = ["100.64.0.0/16", ...more];
      });
    expect(loadConfig(having(49), layers)).toBeDefined();
    expect(refused(having(50))).toMatch(
      /additionalCidrs: has 50 ranges, but a VPC can have 50 with its first one\n.*List only the ranges that the VPC has/,
    );
  });

  test("requires public subnets of internet-facing load balancers in every zone", () => {
    const faces = routed((raw) => {
      raw.access.adminCidrs = ["198.51.100.7/32"];
      raw.layers["lb-waf"].scheme = "internet-facing";
      raw.layers.vpc.network.zones["us-west-2b"].publicSubnetId = "subnet-c0000001";
    });
    const message = refused(faces);
    for (const name of ["us-west-2a", "us-west-2c"])
      expect(message).toMatch(
        new RegExp(
          `layers\\.vpc\\.network\\.zones\\.${name}: has no publicSubnetId, but layers\\.lb-waf\\.scheme is "internet-facing"\n.*Specify the public subnet, or set layers\\.lb-waf\\.scheme to "internal"`,
        ),
      );
    expect(message).not.toContain("zones.us-west-2b");
  });

  test("requires a NAT address, or a range with it, of internet-facing load balancers, which pods reach too", () => {
    expect(refused(faced())).toMatch(
      /zones\.us-west-2a: has no natPublicIp, and access\.adminCidrs is empty, so pods cannot reach the load balancers\n.*Specify the address .* as natPublicIp, or a range with it in access\.adminCidrs/,
    );
    const serving = routed((raw) => {
      raw.access.publicCidrs = [];
      raw.layers["release-service"].enabled = true;
    });
    expect(refused(serving)).toMatch(
      /zones\.us-west-2c: has no natPublicIp, and access\.publicCidrs is empty, so pods cannot reach the release service/,
    );
  });

  test("rejects subnets of load balancers in some zones only", () => {
    const having = (chosen: readonly string[]) =>
      routed((raw) => {
        for (const name of zones)
          if (!chosen.includes(name)) delete raw.layers.vpc.network.zones[name].loadBalancerSubnetId;
      });
    expect(loadConfig(having([]), layers)).toBeDefined();
    const message = refused(having(["us-west-2a", "us-west-2c"]));
    expect(message).toMatch(
      /zones\.us-west-2b: has no loadBalancerSubnetId, but us-west-2a and us-west-2c have one\n.*in every zone, or in none/,
    );
    expect(message).not.toMatch(/zones\.us-west-2[ac]/);
  });

  test.each([
    ["10.1.2.3", "10.0.0.0/8"],
    ["100.64.0.1", "100.64.0.0/10"],
    ["169.254.1.1", "169.254.0.0/16"],
  ])("rejects the NAT address %s, which is not public", (address, range) => {
    const given = routed((raw) => (raw.layers.vpc.network.zones["us-west-2b"].natPublicIp = address));
    expect(refused(given)).toContain(
      `zones.us-west-2b.natPublicIp: "${address}" is in "${range}", which has no public addresses`,
    );
  });

  test("says what settings of an existing VPC go with, when the source is missing", () => {
    const unsaid = routed((raw) => delete raw.layers.vpc.network.source);
    expect(refused(unsaid)).toMatch(
      /network\.vpcId: goes with source: "existing" only\n.*Remove it, or add source: "existing"/,
    );
  });

  test("rejects subnets that overlap, and load balancers of two zones in one subnet", () => {
    const same = routed((raw) => (raw.layers.vpc.network.zones["us-west-2b"].privateCidr = "100.64.32.0/19"));
    expect(refused(same)).toMatch(
      /us-west-2b\.privateCidr: "100\.64\.32\.0\/19" overlaps "100\.64\.0\.0\/18" of us-west-2a/,
    );
    const shared = routed(
      (raw) => (raw.layers.vpc.network.zones["us-west-2b"].loadBalancerSubnetId = "subnet-b0000000"),
    );
    expect(refused(shared)).toMatch(
      /us-west-2b\.loadBalancerSubnetId: "subnet-b0000000" is the loadBalancerSubnetId of us-west-2a as well/,
    );
    const own = routed(
      (raw) => (raw.layers.vpc.network.zones["us-west-2b"].loadBalancerSubnetId = "subnet-a0000001"),
    );
    expect(loadConfig(own, layers)).toBeDefined();
  });

  test("blames the subnet of the load balancers, and not the private one of another zone that it repeats", () => {
    const swapped = routed((raw) => {
      const given = raw.layers.vpc.network.zones;
      for (const [index, name] of zones.entries())
        given[name].loadBalancerSubnetId = `subnet-a000000${(index + 1) % zones.length}`;
    });
    expect(refused(swapped).match(/[\w-]+SubnetId: ".*/g)).toEqual([
      'loadBalancerSubnetId: "subnet-a0000001" is the privateSubnetId of us-west-2b as well',
      'loadBalancerSubnetId: "subnet-a0000002" is the privateSubnetId of us-west-2c as well',
      'loadBalancerSubnetId: "subnet-a0000000" is the privateSubnetId of us-west-2a as well',
    ]);
  });
});

describe("a new VPC", () => {
  test("is what a network without a source is", () => {
    const { settings } = loadConfig(withSettings({ network: { natGateways: "single" } }), layers);
    expect(settings["vpc"]).toMatchObject({ network: { source: "new", natGateways: "single" } });
  });

  test("has its NAT gateways below network", () => {
    expect(refused(withSettings({ natGateways: "single" }))).toMatch(
      /layers\.vpc\.natGateways: unknown setting; did you mean "network\.natGateways"\?\n.*Write natGateways below network/,
    );
  });

  test.each(["10.20.0.0/20", "172.16.0.0/16", "192.168.0.0/22", "100.64.0.0/16"])("can have %s", (cidr) => {
    expect(loadConfig(withSettings({ cidr }), layers)).toBeDefined();
  });

  test.each([
    ["203.0.0.0/20", /"203\.0\.0\.0\/20" is not a private range\n.*10\.0\.0\.0\/8, .*100\.64\.0\.0\/10/],
    ["10.20.30.0/24", /"10\.20\.30\.0\/24" has the size \/24\n.*\/16 \(largest\) to \/22/],
  ])("cannot have %s", (cidr, message) => {
    expect(refusal({ cidr })).toMatch(message);
  });

  test.each([
    ["10.20.0.0/20", ["10.21.0.0/16", "100.64.0.0/16", "203.0.113.0/24", "10.0.0.0/16"]],
    ["10.2.0.0/20", ["10.0.0.0/16", "10.1.0.0/16"]],
    ["172.16.0.0/20", ["172.17.0.0/16", "100.64.0.0/16"]],
    ["192.168.0.0/20", ["192.168.16.0/28"]],
    ["100.64.0.0/20", ["100.65.0.0/16", "203.0.113.0/24"]],
  ])("%s can have %o, too", (cidr, additionalCidrs) => {
    expect(loadConfig(withSettings({ cidr, additionalCidrs }), layers)).toBeDefined();
  });

  test.each([
    [
      "10.20.0.0/20",
      ["172.16.0.0/16"],
      /first range, "10\.20\.0\.0\/20", is in 10\.0\.0\.0\/8 cannot have ranges of 172\.16/,
    ],
    ["172.16.0.0/20", ["192.168.0.0/16"], /is in 172\.16\.0\.0\/12 cannot have ranges of 192\.168/],
    ["192.168.0.0/20", ["10.0.0.0/16"], /is in 192\.168\.0\.0\/16 cannot have ranges of 10\.0/],
    [
      "100.64.0.0/20",
      ["10.20.0.0/16"],
      /first range, "100\.64\.0\.0\/20", is not in 10\.0\.0\.0\/8, .*cannot have ranges of these/,
    ],
    ["10.20.0.0/20", ["198.19.0.0/16"], /outside 198\.19\.0\.0\/16 cannot have a range of it/],
    [
      "172.16.0.0/20",
      ["172.31.0.0/20"],
      /"172\.31\.0\.0\/20" cannot be added: EC2 does not add ranges of 172\.31\.0\.0\/16/,
    ],
    [
      "10.1.0.0/20",
      ["10.0.0.0/20"],
      /ranges of 10\.0\.0\.0\/16 to a VPC that has one of 10\.0\.0\.0\/15, here "10\.1\.0\.0\/20"/,
    ],
    [
      "10.2.0.0/20",
      ["10.1.0.0/16", "10.0.0.0/16"],
      /additionalCidrs\[1\]: "10\.0\.0\.0\/16" cannot be added/,
    ],
  ])("%s cannot have %o, too", (cidr, additionalCidrs, message) => {
    expect(refusal({ cidr, additionalCidrs })).toMatch(message);
  });

  test("adds its ranges one after the other, because EC2 judges each by those before", () => {
    const wider = synth(withSettings({ additionalCidrs: ["100.64.0.0/16", "100.65.0.0/16"] }));
    const added = (id: string) => wider.resource("aws_vpc_ipv4_cidr_block_association", id)["depends_on"];
    expect(added("range-100-64-0-0-16")).toBeUndefined();
    expect(added("range-100-65-0-0-16")).toEqual(["aws_vpc_ipv4_cidr_block_association.range-100-64-0-0-16"]);
  });

  test("has at most as many ranges as its network ACL has rules", () => {
    const ranges = (count: number) => Array.from({ length: count }, (_, index) => `100.64.${index}.0/24`);
    expect(loadConfig(withSettings({ additionalCidrs: ranges(36) }), layers)).toBeDefined();
    expect(refusal({ additionalCidrs: ranges(37) })).toMatch(
      /additionalCidrs: has 37 ranges, but the VPC's network ACL has rules for 36\n.*Choose fewer, larger ranges/,
    );
  });
});

describe("a single NAT gateway", () => {
  const single = withSettings({ network: { source: "new", natGateways: "single" } });
  const layer = synth(single);

  test("is in the first zone and serves the private subnets of all", () => {
    expect(Object.keys(layer.all("aws_nat_gateway"))).toEqual(["nat-us-west-2a"]);
    expect(Object.keys(layer.all("aws_eip"))).toEqual(["nat-address-us-west-2a"]);
    for (const name of zones)
      expect(layer.resource("aws_route", `private-${name}-default-route`)["nat_gateway_id"]).toBe(
        "${aws_nat_gateway.nat-us-west-2a.id}",
      );
    expect(layer.json.output?.["natPublicIps"]?.value).toEqual(
      Object.fromEntries(zones.map((name) => [name, "${aws_eip.nat-address-us-west-2a.public_ip}"])),
    );
  });

  test("has its alarms once, and one rule for each port in each load balancer's security group", () => {
    expect(Object.keys(synthLayer(networkOperations, single).all("aws_cloudwatch_metric_alarm"))).toEqual([
      "nat-us-west-2a-packet-drops-alarm",
      "nat-us-west-2a-port-allocation-alarm",
    ]);
    const rules = Object.keys(synthLayer(lbWaf, single).all("aws_vpc_security_group_ingress_rule"));
    expect(rules.filter((rule) => rule.includes("from-nat"))).toEqual([
      "argocd-443-from-nat-us-west-2a",
      "argocd-80-from-nat-us-west-2a",
      "tinkerbell-443-from-nat-us-west-2a",
      "traefik-443-from-nat-us-west-2a",
      "traefik-80-from-nat-us-west-2a",
    ]);
  });
});

test("rejects overlapping ranges", () => {
  expect(refusal({ additionalCidrs: ["10.20.8.0/24"] })).toMatch(
    /"10\.20\.8\.0\/24" overlaps "10\.20\.0\.0\/20"/,
  );
});
