import { expect, test } from "vitest";
import { ConfigError } from "../../lib/environment/config-error";
import { endpointCatalogue } from "../../modules/network-operations/endpoints/services";
import { networkOperations } from "../../modules/network-operations/layer";
import { Settings } from "../../modules/network-operations/settings";
import { existingCertificate } from "../everything-on";
import { type Block, type RawEnvironment, type SynthesisOptions, synthLayer } from "../synth";
import { readPolicy } from "./policies";

const synth = (options: SynthesisOptions = {}) => synthLayer(networkOperations, options);
const withSettings = (settings: object): SynthesisOptions => ({
  edit: (raw: RawEnvironment) => {
    raw.layers["network-operations"] = settings;
  },
});
function useExistingNetwork(raw: RawEnvironment, network: object): void {
  const zone = (number: number) => ({
    privateSubnetId: `subnet-a000000${number}`,
    privateCidr: `10.20.${4 * number}.0/22`,
    publicSubnetId: `subnet-b000000${number}`,
    privateRouteTableId: `rtb-0000000${number}`,
    natPublicIp: `203.0.113.${number}`,
  });
  const inZones = { "us-west-2a": zone(1), "us-west-2b": zone(2), "us-west-2c": zone(3) };
  raw.layers.vpc.network = { source: "existing", vpcId: "vpc-01230123", zones: inZones, ...network };
}
const vpcOutput = (output: string) => `\${data.terraform_remote_state.vpc.outputs.${output}}`;
const example = synth();
const zones = ["us-west-2a", "us-west-2b", "us-west-2c"];
const blocks = (type: string): readonly Block[] => Object.values(example.all(type));

test("logs all traffic to an encrypted log group for a year, or for flowLogRetentionDays", () => {
  expect(example.resource("aws_flow_log", "flow-log")).toMatchObject({
    traffic_type: "ALL",
    vpc_id: vpcOutput("vpcId"),
    log_destination: "${aws_cloudwatch_log_group.flow-log-group.arn}",
  });
  expect(example.resource("aws_cloudwatch_log_group", "flow-log-group")).toMatchObject({
    name: "example-vpc-flow",
    kms_key_id: "${data.terraform_remote_state.kms.outputs.keyArns.logs}",
    retention_in_days: 365,
  });
  const changed = synth(withSettings({ flowLogRetentionDays: 30 }));
  expect(changed.resource("aws_cloudwatch_log_group", "flow-log-group")["retention_in_days"]).toBe(30);
});

test("allows the flow log role to act for this account and write to that log group only", () => {
  const [trust] = readPolicy(example.resource("aws_iam_role", "flow-log-role"), "assume_role_policy");
  expect(trust).toMatchObject({
    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    Condition: {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:ec2:us-west-2:111122223333:vpc-flow-log/*" },
    },
  });
  const group = "${aws_cloudwatch_log_group.flow-log-group.arn}";
  const policy = readPolicy(example.resource("aws_iam_role_policy", "flow-log-policy"));
  expect(policy.map(({ Resource }) => Resource)).toEqual([[group, `${group}:*`], "*"]);
});

test("has alarms on port allocation errors and dropped packets of the NAT gateway in each zone", () => {
  const alarms = blocks("aws_cloudwatch_metric_alarm");
  expect(alarms).toHaveLength(2 * zones.length);
  for (const zone of zones)
    for (const [failure, metric] of [
      ["port-allocation", "ErrorPortAllocation"],
      ["packet-drops", "PacketsDropCount"],
    ])
      expect(example.resource("aws_cloudwatch_metric_alarm", `nat-${zone}-${failure}-alarm`)).toMatchObject({
        namespace: "AWS/NATGateway",
        metric_name: metric,
        dimensions: { NatGatewayId: vpcOutput(`natGatewayIds["${zone}"]`) },
        alarm_actions: ["${data.terraform_remote_state.audit.outputs.topicArn}"],
      });
});

test("shows no tags in the metadata of the bastion, where keys such as those of the settings are not allowed", () => {
  for (const [type, name] of [
    ["aws_instance", "bastion"],
    ["aws_launch_template", "bastion-template"],
  ] as const)
    expect(example.resource(type, name)).toMatchObject({
      metadata_options: { instance_metadata_tags: "disabled" },
    });
});

test("gives the bastion no key pair, no public IP address, and IMDSv2 with a hop limit of 1", () => {
  const bastion = example.resource("aws_instance", "bastion");
  expect(bastion).not.toHaveProperty("key_name");
  expect(bastion).toMatchObject({
    subnet_id: vpcOutput('privateSubnetIds["us-west-2a"]'),
    vpc_security_group_ids: [vpcOutput("bastionSecurityGroupId")],
    associate_public_ip_address: false,
    metadata_options: expect.objectContaining({
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    }),
    monitoring: true,
    ebs_optimized: true,
  });
});

test("attaches AmazonSSMManagedInstanceCore to the bastion's role, and no other managed policy", () => {
  expect(blocks("aws_iam_role_policy_attachment")).toEqual([
    expect.objectContaining({
      role: "${aws_iam_role.bastion-role.name}",
      policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    }),
  ]);
});

test("allows the bastion to write to the session log group and decrypt with the session key, and nothing else", () => {
  const policy = readPolicy(example.resource("aws_iam_role_policy", "bastion-session-policy"));
  const group = "${aws_cloudwatch_log_group.session-log-group.arn}";
  expect(policy.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [
      ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      [group, `${group}:*`],
    ],
    ["logs:DescribeLogGroups", "*"],
    ["kms:Decrypt", "${data.terraform_remote_state.kms.outputs.keyArns.eks}"],
  ]);
});

test("logs and encrypts sessions with its own session document instead of the account's default", () => {
  const document = example.resource("aws_ssm_document", "session-document");
  expect(document).toMatchObject({ name: "example-session", document_type: "Session" });
  const { inputs } = JSON.parse(String(document["content"])) as { inputs: Block };
  expect(inputs).toMatchObject({
    cloudWatchLogGroupName: "${aws_cloudwatch_log_group.session-log-group.name}",
    cloudWatchEncryptionEnabled: true,
    kmsKeyId: "${data.terraform_remote_state.kms.outputs.keyArns.eks}",
  });
  const group = (options?: SynthesisOptions) =>
    synth(options).resource("aws_cloudwatch_log_group", "session-log-group");
  expect(group()).toMatchObject({
    kms_key_id: "${data.terraform_remote_state.kms.outputs.keyArns.logs}",
    retention_in_days: 365,
  });
  expect(group(withSettings({ bastion: { sessionLogRetentionDays: 30 } }))["retention_in_days"]).toBe(30);
});

test("launches the bastion from the latest Amazon Linux 2023 of its architecture, with an encrypted volume", () => {
  const template = (instanceType: string) =>
    synth(withSettings({ bastion: { instanceType } })).resource("aws_launch_template", "bastion-template");
  expect(template("t3.micro")["image_id"]).toMatch(/^resolve:ssm:.*\/al2023-ami-kernel-default-x86_64$/);
  expect(template("g4dn.xlarge")["image_id"]).toMatch(/x86_64$/);
  expect(template("t4g.nano")["image_id"]).toMatch(/arm64$/);
  expect(template("c7gn.medium")["block_device_mappings"]).toEqual([
    {
      device_name: "/dev/xvda",
      ebs: expect.objectContaining({
        encrypted: "true",
        kms_key_id: "${data.terraform_remote_state.kms.outputs.keyArns.eks}",
        volume_size: 10,
      }),
    },
  ]);
});

test("rejects an unknown instance family for the bastion", () => {
  expect(() => synth(withSettings({ bastion: { instanceType: "t33.micro" } }))).toThrow(ConfigError);
  expect(() => synth(withSettings({ bastion: { instanceType: "t33.micro" } }))).toThrow(
    /layers\.network-operations\.bastion\.instanceType: is "t33\.micro", but no instance family "t33" of EC2 is known\s+Write "t3"/,
  );
});

test("has no alarms on the NAT gateways of an existing VPC, but its flow logs and the bastion", () => {
  const existing = synth({
    edit: (raw: RawEnvironment) => {
      useExistingNetwork(raw, {});
    },
  });
  expect(existing.all("aws_cloudwatch_metric_alarm")).toEqual({});
  expect(existing.resource("aws_flow_log", "flow-log")).toBeDefined();
  expect(existing.resource("aws_instance", "bastion")).toBeDefined();
});

test("opens interface endpoints to the VPC on 443 and to nothing else", () => {
  expect(blocks("aws_vpc_security_group_ingress_rule")).toEqual([
    expect.objectContaining({
      security_group_id: "${aws_security_group.endpoints.id}",
      cidr_ipv4: "10.20.0.0/20",
      from_port: 443,
      to_port: 443,
      ip_protocol: "tcp",
    }),
  ]);
  expect(example.resource("aws_vpc_endpoint", "endpoint-ecr-api")).toMatchObject({
    service_name: "com.amazonaws.us-west-2.ecr.api",
    private_dns_enabled: true,
    subnet_ids: zones.map((zone) => vpcOutput(`privateSubnetIds["${zone}"]`)),
  });
});

test("has the configured endpoints; the larger profiles have all", () => {
  const services = (options: SynthesisOptions) => Object.keys(synth(options).all("aws_vpc_endpoint"));
  const few = ["kms", "logs", "ssm", "ssmmessages"];
  expect(services(withSettings({ interfaceEndpoints: few }))).toEqual(few.map((name) => `endpoint-${name}`));
  expect(services({ edit: (raw: RawEnvironment) => (raw.scaleProfile = "1ken") })).toHaveLength(
    Object.keys(endpointCatalogue).length,
  );
});

test("states the cost of every endpoint in the description of the setting", () => {
  const { description } = Settings.shape.interfaceEndpoints;
  for (const service of Object.keys(endpointCatalogue)) expect(description).toMatch(`${service} 21.90 USD`);
});

test("uses the endpoint service names of China", () => {
  const china = synth({
    edit: (raw: RawEnvironment) => {
      raw.partition = "aws-cn";
      raw.region = raw.state.region = "cn-north-1";
      raw.zones = ["cn-north-1a", "cn-north-1b", "cn-north-1d"];
      raw.access.adminRoleArns = ["arn:aws-cn:iam::111122223333:role/platform-admin"];
      raw.layers.route53 = { certificate: existingCertificate(raw) };
    },
  });
  const name = (id: string) => china.resource("aws_vpc_endpoint", id)["service_name"];
  expect(name("endpoint-ec2")).toBe("cn.com.amazonaws.cn-north-1.ec2");
  expect(name("endpoint-logs")).toBe("com.amazonaws.cn-north-1.logs");
});

test("rejects a list of endpoints without those that sessions on the bastion need", () => {
  expect(() => synth(withSettings({ interfaceEndpoints: ["ssm", "logs", "kms"] }))).toThrow(
    /layers\.network-operations\.interfaceEndpoints: "ssmmessages" is not listed, so sessions on the bastion cannot start/,
  );
  expect(() => synth(withSettings({ interfaceEndpoints: ["ssm", "kms"] }))).toThrow(
    /"ssmmessages" and "logs" are not listed/,
  );
});

test("opens interface endpoints to every range of the VPC, and creates none that an existing VPC has", () => {
  const wider = synth({
    edit: (raw: RawEnvironment) => (raw.layers.vpc.additionalCidrs = ["100.64.0.0/16"]),
  });
  expect(Object.keys(wider.all("aws_vpc_security_group_ingress_rule"))).toEqual([
    "endpoints-from-10-20-0-0-20",
    "endpoints-from-100-64-0-0-16",
  ]);
  const shared = synth({
    edit: (raw: RawEnvironment) => {
      useExistingNetwork(raw, { sessionEndpoints: true });
      raw.layers["network-operations"] = { interfaceEndpoints: [] };
    },
  });
  expect(shared.all("aws_vpc_endpoint")).toEqual({});
});
