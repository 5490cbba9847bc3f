import type { Cases, Resources } from "../case";
import { aclWith } from "../resources";

const denied = (port: number, rule_no: number) => ({
  action: "deny",
  cidr_block: "0.0.0.0/0",
  from_port: port,
  to_port: port,
  protocol: "tcp",
  rule_no,
});
const allowed = (rule_no: number) => ({
  action: "allow",
  cidr_block: "0.0.0.0/0",
  from_port: 0,
  to_port: 0,
  protocol: "-1",
  rule_no,
});
/** A rule as a resource of its own. */
const apart = ({ action, rule_no, ...rest }: ReturnType<typeof denied>) => ({
  ...rest,
  rule_action: action,
  rule_number: rule_no,
  egress: false,
});
const aclRules = (...rules: readonly ReturnType<typeof denied>[]) =>
  Object.fromEntries(
    rules.map((rule) => [`rule-${rule.rule_no}`, { ...apart(rule), network_acl_id: "acl-1" }]),
  );
/** Rules of one group that admit these ranges to a port. */
const ingressFrom = (port: number, ...ranges: readonly string[]): Resources => ({
  aws_vpc_security_group_ingress_rule: Object.fromEntries(
    ranges.map((cidr_ipv4, index) => [
      `from-${index}`,
      { security_group_id: "sg-1", cidr_ipv4, ip_protocol: "tcp", from_port: port, to_port: port },
    ]),
  ),
});

export const networkCases = {
  "vpc-flow-log": {
    passing: {
      aws_vpc: { vpc: {} },
      aws_flow_log: { log: { vpc_id: "${aws_vpc.vpc.id}", traffic_type: "ALL" } },
    },
    violating: {
      aws_vpc: { vpc: {} },
      aws_flow_log: { log: { vpc_id: "${aws_vpc.vpc.id}", traffic_type: "REJECT" } },
    },
  },
  "default-security-group-empty": {
    passing: { aws_vpc: { vpc: {} }, aws_default_security_group: { group: { vpc_id: "${aws_vpc.vpc.id}" } } },
    violating: [
      {
        aws_vpc: { vpc: {} },
        aws_default_security_group: { group: { vpc_id: "${aws_vpc.vpc.id}", ingress: [{ self: true }] } },
      },
      {
        aws_vpc: { vpc: {} },
        aws_default_security_group: { group: { vpc_id: "${aws_vpc.vpc.id}" } },
        aws_vpc_security_group_egress_rule: {
          any: { security_group_id: "${aws_default_security_group.group.id}", cidr_ipv4: "0.0.0.0/0" },
        },
      },
    ],
  },
  "security-group-rules-distinct": {
    passing: {
      aws_security_group: { one: {}, other: {} },
      aws_vpc_security_group_ingress_rule: {
        https: { security_group_id: "${aws_security_group.one.id}", cidr_ipv4: "10.0.0.0/8", from_port: 443 },
        "https-of-other": {
          security_group_id: "${aws_security_group.other.id}",
          cidr_ipv4: "10.0.0.0/8",
          from_port: 443,
        },
        http: { security_group_id: "${aws_security_group.one.id}", cidr_ipv4: "10.0.0.0/8", from_port: 80 },
      },
      aws_vpc_security_group_egress_rule: {
        https: { security_group_id: "${aws_security_group.one.id}", cidr_ipv4: "10.0.0.0/8", from_port: 443 },
      },
    },
    violating: {
      aws_security_group: { one: {} },
      aws_vpc_security_group_ingress_rule: {
        https: {
          security_group_id: "${aws_security_group.one.id}",
          cidr_ipv4: "10.0.0.0/8",
          from_port: 443,
          description: "One",
        },
        again: {
          security_group_id: "${aws_security_group.one.id}",
          cidr_ipv4: "10.0.0.0/8",
          from_port: 443,
          description: "Two",
        },
      },
    },
  },
  "network-acl-ssh": {
    passing: {
      ...aclWith(denied(22, 2), allowed(3)),
      aws_network_acl_rule: aclRules(denied(22, 2), allowed(3)),
    },
    violating: [
      aclWith(denied(22, 4), allowed(3)),
      aclWith(denied(22, 4), { ...allowed(3), cidr_block: "0.0.0.0/1" }),
      { aws_network_acl_rule: aclRules(denied(22, 4), allowed(3)) },
      {
        aws_network_acl: { acl: {} },
        aws_network_acl_rule: {
          any: { ...apart(allowed(3)), network_acl_id: "${aws_network_acl.acl.id}" },
        },
      },
    ],
  },
  "network-acl-rdp": {
    passing: {
      ...aclWith(denied(3389, 2), allowed(3)),
      aws_network_acl_rule: aclRules(denied(3389, 2), allowed(3)),
    },
    violating: [
      aclWith(denied(3389, 4), allowed(3)),
      aclWith(denied(3389, 4), { ...allowed(3), cidr_block: "0.0.0.0/1" }),
      { aws_network_acl_rule: aclRules(denied(3389, 4), allowed(3)) },
      {
        aws_network_acl: { acl: {} },
        aws_network_acl_rule: {
          any: { ...apart(allowed(3)), network_acl_id: "${aws_network_acl.acl.id}" },
        },
      },
    ],
  },
  "network-acl-ports": {
    passing: {
      aws_network_acl_rule: {
        https: { rule_action: "allow", protocol: "tcp", from_port: 443, to_port: 443 },
      },
    },
    violating: { aws_network_acl_rule: { all: { rule_action: "allow", protocol: "-1" } } },
  },
  "network-acl-attached": {
    passing: {
      aws_vpc: { vpc: {} },
      aws_subnet: { private: { vpc_id: "${aws_vpc.vpc.id}" } },
      aws_network_acl: { acl: { vpc_id: "${aws_vpc.vpc.id}", subnet_ids: ["${aws_subnet.private.id}"] } },
    },
    violating: { aws_network_acl: { acl: {} } },
  },
  "subnet-public-addresses": {
    passing: { aws_subnet: { public: { map_public_ip_on_launch: false } } },
    violating: { aws_subnet: { public: { map_public_ip_on_launch: true } } },
  },
  "security-group-descriptions": {
    passing: { aws_security_group: { nodes: { description: "Nodes" } } },
    violating: { aws_vpc_security_group_ingress_rule: { https: { from_port: 443 } } },
  },
  "security-group-rules-apart": {
    passing: { aws_security_group: { nodes: { description: "Nodes" } } },
    violating: {
      aws_security_group: { nodes: { egress: [{ protocol: "-1" }] } },
      aws_security_group_rule: { old: {} },
    },
  },
  "open-ingress": {
    passing: {
      aws_vpc_security_group_ingress_rule: {
        https: { cidr_ipv4: "198.51.100.0/24" },
        listed: { prefix_list_id: "${aws_ec2_managed_prefix_list.sites.id}" },
      },
      aws_ec2_managed_prefix_list: { sites: { entry: [{ cidr: "203.0.113.0/24" }] } },
    },
    violating: [
      {
        aws_vpc_security_group_ingress_rule: {
          https: { cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 },
        },
      },
      {
        aws_vpc_security_group_ingress_rule: {
          https: { prefix_list_id: "${aws_ec2_managed_prefix_list.all.id}", from_port: 443, to_port: 443 },
        },
        aws_ec2_managed_prefix_list: { all: { entry: [{ cidr: "203.0.113.0/24" }, { cidr: "0.0.0.0/0" }] } },
      },
      {
        aws_vpc_security_group_ingress_rule: {
          https: { prefix_list_id: "${aws_ec2_managed_prefix_list.all.id}", from_port: 443, to_port: 443 },
        },
        aws_ec2_managed_prefix_list: { all: {} },
        aws_ec2_managed_prefix_list_entry: {
          any: { prefix_list_id: "${aws_ec2_managed_prefix_list.all.id}", cidr: "::/0" },
        },
      },
    ],
  },
  "open-ingress-ports": {
    passing: {
      aws_vpc_security_group_ingress_rule: {
        https: { cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 },
        ...ingressFrom(22, "52.0.0.0/9", "10.0.0.0/8", "172.16.0.0/12")[
          "aws_vpc_security_group_ingress_rule"
        ],
      },
    },
    violating: [
      { aws_vpc_security_group_ingress_rule: { ssh: { cidr_ipv6: "::/0", from_port: 22, to_port: 22 } } },
      ingressFrom(22, "0.0.0.0/1", "128.0.0.0/1"),
      ingressFrom(3389, "52.0.0.0/7"),
      ingressFrom(22, "52.0.0.0/8", "54.0.0.0/8"),
    ],
  },
  "open-egress": {
    passing: { aws_vpc_security_group_egress_rule: { nfs: { referenced_security_group_id: "sg-1" } } },
    violating: {
      aws_vpc_security_group_egress_rule: { https: { cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 } },
    },
  },
  "open-egress-ports": {
    passing: {
      aws_vpc_security_group_egress_rule: { https: { cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 } },
    },
    violating: { aws_vpc_security_group_egress_rule: { all: { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" } } },
  },
  "security-group-attached": {
    passing: {
      aws_security_group: { nodes: {} },
      aws_instance: { bastion: { vpc_security_group_ids: ["${aws_security_group.nodes.id}"] } },
    },
    violating: {
      aws_security_group: { nodes: {} },
      aws_vpc_security_group_ingress_rule: { https: { security_group_id: "${aws_security_group.nodes.id}" } },
    },
  },
  "elastic-ip-attached": {
    passing: {
      aws_eip: { nat: {} },
      aws_nat_gateway: { nat: { allocation_id: "${aws_eip.nat.allocation_id}" } },
    },
    violating: { aws_eip: { nat: {} } },
  },
  "default-route": {
    passing: { aws_route: { out: { destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "nat-1" } } },
    violating: { aws_route: { out: { destination_cidr_block: "0.0.0.0/0", network_interface_id: "eni-1" } } },
  },
  "service-endpoints": {
    passing: {
      aws_vpc: { vpc: {} },
      aws_vpc_endpoint: Object.fromEntries(
        ["ec2", "ecr.api", "ecr.dkr", "ssm", "s3"].map((service) => [
          service,
          { vpc_id: "${aws_vpc.vpc.id}", service_name: `com.amazonaws.us-west-2.${service}` },
        ]),
      ),
    },
    violating: {
      aws_vpc: { vpc: {} },
      aws_vpc_endpoint: { s3: { vpc_id: "${aws_vpc.vpc.id}", service_name: "com.amazonaws.us-west-2.s3" } },
    },
  },
} satisfies Cases;
