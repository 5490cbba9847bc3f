import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ConfigError } from "../lib/environment/config-error";
import { loadEnvironment } from "../lib/environment/environment";
import { currentVersion } from "../lib/environment/migrations";
import { exitCodes } from "../lib/errors";
import { type AnyLayer, defineLayer } from "../lib/layer/layer";
import { newVpcRange, vpcRange } from "../lib/aws-facts/vpc-ranges";
import { cidrProblems } from "../modules/vpc/checks/cidr";
import { kms } from "../modules/kms/layer";
import { loadConfig, type RawEnvironment, synthLayer } from "./synth";

const network = defineLayer({
  name: "vpc",
  summary: "Network",
  settings: z.strictObject({
    cidr: newVpcRange.describe("IPv4 range of the VPC"),
    additionalCidrs: z.array(vpcRange).default([]),
    flowLogRetentionDays: z.int().min(1).max(3653).default(365),
  }),
  needs: {},
  outputs: {},
  check: cidrProblems,
  build: () => ({}),
});

const groups = (maxPods: number) => ({ nodeGroups: { main: { maxPods } } });

const cluster = defineLayer({
  name: "eks",
  summary: "Cluster",
  settings: z.strictObject({
    supportType: z.enum(["STANDARD", "EXTENDED"]).default("EXTENDED"),
    nodeGroups: z.record(
      z.string().regex(/^[a-z]+$/, "must be lower-case letters"),
      z.strictObject({ maxPods: z.int().max(500).describe("Pods a node may run") }),
    ),
    certificate: z
      .discriminatedUnion("source", [
        z.strictObject({ source: z.literal("acm") }),
        z.strictObject({ source: z.literal("existing"), arn: z.string() }),
      ])
      .default({ source: "acm" }),
    windowSeconds: z.union([z.literal(60), z.string()]).default(60),
    encrypted: z.boolean().default(true),
    storage: z.number().multipleOf(0.5).gt(0).default(1),
    owner: z.string().min(2).max(8).default("ops"),
    contact: z.email().default("ops@example.com"),
    code: z.string().length(3).startsWith("A").default("ABC"),
  }),
  needs: { vpc: network },
  outputs: {},
  scale: {
    default: groups(58),
    "100en": groups(58),
    "500en": groups(58),
    "1ken": groups(900),
    "10ken": groups(234),
  },
  check: ({ settings, needs }) =>
    Object.values(settings.nodeGroups).some(({ maxPods }) => maxPods === 234) &&
    needs.vpc.cidr.endsWith("/22")
      ? [
          {
            path: ["layers", "eks", "nodeGroups", "main", "maxPods"],
            message: "234 pods do not fit",
            hint: "Use /20",
          },
        ]
      : [],
  build: () => ({}),
});

const valid = `name: dev
account: "123456789012"
region: us-west-2
zones: [us-west-2a, us-west-2b, us-west-2c]
state:
  bucket: dev-state
  region: us-west-2
domain:
  parent: example.com
access:
  adminRoleArns:
    - arn:aws:iam::123456789012:role/admin
layers:
  vpc:
    cidr: 10.20.0.0/20
version: ${currentVersion}
`;

function failure(text: string, layers: readonly AnyLayer[] = [network, cluster]): ConfigError {
  try {
    loadEnvironment(layers, { file: "configs/dev.yaml", text, read: () => undefined, now: new Date(0) });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("the file was accepted");
}

/** What is reported when one line of the valid file is replaced; the first line of the message is left out. */
function reported(line: string, replacement: string): string {
  expect(valid).toContain(line);
  return failure(valid.replace(line, replacement)).message.split("\n").slice(1).join("\n");
}

/** The same for a line that is added at the end, inside `layers.eks`. */
const reportedInCluster = (lines: string) =>
  reported("    cidr: 10.20.0.0/20\n", `    cidr: 10.20.0.0/20\n  eks:\n${lines}`);

describe("an environment file with several problems", () => {
  const error = failure(
    valid
      .replace("zones:", "zoness:")
      .replace('account: "123456789012"\n', "")
      .replace("10.20.0.0/20", "10.20.1.0/20"),
  );

  it("is rejected once, with all problems in the order of their lines", () => {
    expect(error.message).toBe(`Cannot use configs/dev.yaml: it has 4 problems
configs/dev.yaml:1:1 account: is missing
    Add "account": AWS account ID
configs/dev.yaml:1:1 zones: is missing
    Add "zones": Three availability zones of the region
configs/dev.yaml:3:1 zoness: unknown setting; did you mean "zones"?
    Known here: version, name, account, region, partition, skipRegionValidation, zones, state, domain, access, iam, scaleProfile, customer, tags, tagKeys, extensions, hooks, layers
configs/dev.yaml:14:11 layers.vpc.cidr: "10.20.1.0/20" does not start at its network address
    Write "10.20.0.0/20"`);
  });

  it("prints the next action and exits with the code of a configuration error", () => {
    expect(error.hint).toBe(
      "Correct configs/dev.yaml and run the command again; configs/example.yaml explains every setting",
    );
    expect(error.exitCode).toBe(exitCodes.configInvalid);
    expect(exitCodes.configInvalid).toBe(3);
  });
});

describe("a file that is no map of settings", () => {
  const whole = (text: string) => failure(text).message.split("\n").slice(1).join("\n");

  it.each([
    [
      "",
      "configs/dev.yaml:1:1 the file is empty\n    Begin with configs/example.yaml, which explains every setting",
    ],
    [
      "# nothing\n",
      "configs/dev.yaml:1:1 the file is empty\n    Begin with configs/example.yaml, which explains every setting",
    ],
    [
      "- dev\n",
      "configs/dev.yaml:1:1 the file is not a map of settings\n    Begin with configs/example.yaml, which explains every setting",
    ],
    [
      "name:\n\tfirst: dev\n",
      "configs/dev.yaml:2:1 this is not YAML: Tabs are not allowed as indentation\n    Correct the syntax",
    ],
    [
      "name: [dev\nregion: x\n",
      "configs/dev.yaml:2:1 this is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]\n    Correct the syntax",
    ],
    [
      "name: dev\n---\nname: prod\n",
      'configs/dev.yaml:2:1 a second document begins here\n    Remove the line "---"',
    ],
    ["? [name]\n: dev\n", "configs/dev.yaml:1:3 this key is not text\n    Write text before the colon"],
  ])("is refused with the place where it ends to be one: %j", (text, message) => {
    expect(whole(text)).toBe(message);
  });

  it("reports an alias, and a key that is no name, beside everything else", () => {
    const anchored = valid.replace("state:\n  bucket: dev-state", "state:\n  bucket: &t dev-state");
    const text = anchored.replace("layers:\n", "tags: {a: *t, __proto__: x, 1.30: y}\nunknown: 1\nlayers:\n");
    const report = failure(text)
      .message.split("\n")
      .filter((line) => line.startsWith("configs"));
    expect(report).toEqual([
      'configs/dev.yaml:13:11 "*t" is an alias',
      'configs/dev.yaml:13:15 "__proto__" is not accepted as a name',
      "configs/dev.yaml:13:29 YAML reads the key 1.30 as the number 1.3, not as text",
      "configs/dev.yaml:14:1 unknown: unknown setting",
    ]);
  });

  it.each(["a: *nothing", "a: &a [*a]", "a: &a {b: 1}\nc: {<<: *a}"])(
    "is refused for its alias alone, which stands for no plain value: %j",
    (text) => {
      expect(failure(text).message).toMatch(
        /^Cannot use configs\/dev.yaml: it has 1 problem\n.* is an alias\n/,
      );
    },
  );

  it.each(["[".repeat(20_000), "- ".repeat(20_000), "{a: ".repeat(20_000)])(
    "is refused when it is nested without end",
    (text) => {
      const { message } = failure(`a:\n  ${text}`);
      expect(message).toContain("lists and maps are nested more than 100 levels deep\n");
      expect(message).not.toContain("call stack");
    },
  );

  it("reports a key that is defined twice beside everything else", () => {
    expect(reported("region: us-west-2\nzones", "region: us-west-2\nregion: eu-west-1\nzones")).toContain(
      'configs/dev.yaml:4:1 "region" is defined twice\n    Keep one of the two\n',
    );
  });
});

const groupNames = 'names of security groups begin with it, and EC2 refuses those that begin with "sg-"';
const balancers =
  'names of load balancers begin with it, and Elastic Load Balancing refuses those that begin with "internal-"';
const buckets = 'names of buckets begin with it, and S3 reserves the prefixes "sthree-" and "amzn-s3-demo-"';
const namespace = "it is the name of a Kubernetes namespace that the platform uses itself";

const reservedNames = [
  ["sg", groupNames],
  ["sg-dev", groupNames],
  ["internal", balancers],
  ["internal-1", balancers],
  ["sthree", buckets],
  ["amzn-s3-demo-x", buckets],
  ["onprem", "with this name, the platform's charts do not unseal Vault with KMS"],
  ["kube-dev", 'Kubernetes reserves namespaces that begin with "kube-"'],
  ...["default", "argocd", "gitea", "orch-app", "cattle-system", "cert-manager", "ns-label"].map((name) => [
    name,
    namespace,
  ]),
];

describe("a field of the environment", () => {
  it.each([
    [
      "name: dev",
      "name: Dev",
      'configs/dev.yaml:1:7 name: "Dev" is not accepted\n    It must be lower-case letters, digits and single dashes, e.g. "staging"',
    ],
    [
      "name: dev",
      "name: a-name-of-21-letters-x",
      `configs/dev.yaml:1:7 name: "a-name-of-21-letters-x" has 22 characters\n    It must have at most 20 characters, or names derived from it would exceed AWS's limits (load balancers: 32)`,
    ],
    ["name: dev", "name:", "configs/dev.yaml:1:1 name: is empty\n    It must be text"],
    ...reservedNames.map(([name, because]) => [
      "name: dev",
      `name: ${name}`,
      `configs/dev.yaml:1:7 name: "${name}" is not accepted: ${because}\n    Choose another name`,
    ]),
    [
      'account: "123456789012"',
      "account: 123456789012",
      "configs/dev.yaml:2:10 account: 123456789012 is a number\n    It must be text: put it in quotes",
    ],
    [
      'account: "123456789012"',
      'account: "1234"',
      'configs/dev.yaml:2:10 account: "1234" is not accepted\n    It must be 12 digits, e.g. "123456789012"',
    ],
    [
      "region: us-west-2\nz",
      "region: us-west\nz",
      'configs/dev.yaml:3:9 region: "us-west" is not accepted\n    It must be an AWS region, e.g. "us-west-2"',
    ],
    [
      "zones: [us-west-2a, us-west-2b, us-west-2c]",
      "zones: [us-west-2a, us-west-2b]",
      "configs/dev.yaml:4:1 zones: has 2 items\n    It must name exactly three availability zones",
    ],
    [
      "zones: [us-west-2a, us-west-2b, us-west-2c]",
      "zones: us-west-2a",
      'configs/dev.yaml:4:8 zones: "us-west-2a" is text\n    It must be a list',
    ],
    [
      "state:\n",
      "partition: aws-china\nstate:\n",
      'configs/dev.yaml:5:12 partition: "aws-china" is not accepted; did you mean "aws-cn"?\n    It must be one of "aws", "aws-us-gov", "aws-cn"',
    ],
    [
      "  bucket: dev-state",
      "  bucket: Dev",
      'configs/dev.yaml:6:11 state.bucket: "Dev" is not accepted\n    It must be an S3 bucket name: 3 to 63 lower-case letters, digits, dots, dashes',
    ],
    [
      "  bucket: dev-state",
      "  bucket: dev-s3alias",
      'configs/dev.yaml:6:11 state.bucket: "dev-s3alias" is not accepted\n    It must not be a name that S3 reserves',
    ],
    [
      "  bucket: dev-state\n",
      "",
      'configs/dev.yaml:5:1 state.bucket: is missing\n    Add "bucket": S3 bucket that holds the Terraform state of every layer',
    ],
    [
      "  bucket: dev-state",
      "  bucket: dev-state\n  kmsKeyArn: alias/x",
      'configs/dev.yaml:7:14 state.kmsKeyArn: "alias/x" is not accepted\n    It must be the ARN of a KMS key, e.g. "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"',
    ],
    [
      "  parent: example.com",
      "  parent: Example",
      'configs/dev.yaml:9:11 domain.parent: "Example" is not accepted\n    It must be a lower-case domain name, e.g. "example.com"',
    ],
    [
      "  parent: example.com",
      "  paernt: example.com",
      'configs/dev.yaml:8:1 domain.parent: is missing\n    Add "parent": Parent domain; the orchestrator gets <name>.<parent>\nconfigs/dev.yaml:9:3 domain.paernt: unknown setting; did you mean "parent"?\n    Known here: parent, root',
    ],
    [
      "  parent: example.com",
      "  parent: example.com\n  root: example.org",
      "configs/dev.yaml:8:1 domain: has parent and root, and only one of them is accepted\n    Keep one of: parent, root",
    ],
    [
      "    - arn:aws:iam::123456789012:role/admin",
      "    - arn:aws:iam::12:user/admin",
      'configs/dev.yaml:12:7 access.adminRoleArns[0]: "arn:aws:iam::12:user/admin" is not accepted\n    It must be the ARN of an IAM role, e.g. "arn:aws:iam::123456789012:role/admin"',
    ],
    [
      "  adminRoleArns:\n    - arn:aws:iam::123456789012:role/admin",
      "  adminRoleArns: []",
      "configs/dev.yaml:11:3 access.adminRoleArns: is an empty list\n    It must have at least 1 item",
    ],
    [
      "layers:\n",
      "  publicCidrs: [203.0.113.7/24]\nlayers:\n",
      'configs/dev.yaml:13:17 access.publicCidrs[0]: "203.0.113.7/24" is not accepted\n    It must start at its network address, e.g. "203.0.113.0/24" and not "203.0.113.7/24"',
    ],
    [
      "layers:\n",
      "  publicCidrs: [anyone]\nlayers:\n",
      'configs/dev.yaml:13:17 access.publicCidrs[0]: "anyone" is not accepted\n    It must be an IPv4 or IPv6 range, e.g. "203.0.113.0/24" or "2001:db8::/32"',
    ],
    ...[
      "2001:db8::/129",
      "fe80::1%eth0/64",
      "::ffff:203.0.113.1/128",
      "203.0.113.0/33",
      "2001:db8::",
      ":::/0",
    ].map((range): [string, string, string] => [
      "layers:\n",
      `  publicCidrs: ["${range}"]\nlayers:\n`,
      `configs/dev.yaml:13:17 access.publicCidrs[0]: "${range}" is not accepted\n    It must be an IPv4 or IPv6 range, e.g. "203.0.113.0/24" or "2001:db8::/32"`,
    ]),
    [
      "layers:\n",
      '  publicCidrs: ["2001:db8::1/32"]\nlayers:\n',
      'configs/dev.yaml:13:17 access.publicCidrs[0]: "2001:db8::1/32" is not accepted\n    It must start at its network address, e.g. "2001:db8::/32" and not "2001:db8::7/32"',
    ],
    [
      "layers:\n",
      "scaleProfile: 1kne\nlayers:\n",
      'configs/dev.yaml:13:15 scaleProfile: "1kne" is not accepted; did you mean "1ken"?\n    It must be one of "default", "100en", "500en", "1ken", "10ken"',
    ],
    [
      "layers:\n",
      "customer: 17\nlayers:\n",
      "configs/dev.yaml:13:11 customer: 17 is a number\n    It must be text: put it in quotes",
    ],
    [
      "layers:\n",
      "customer: ${file(1)}\nlayers:\n",
      'configs/dev.yaml:13:11 customer: "${file(1)}" is not accepted\n    It must consist of letters, digits, spaces and _ . : / = + - @',
    ],
    [
      "layers:\n",
      "tags: {aws:team: a}\nlayers:\n",
      'configs/dev.yaml:13:8 tags["aws:team"]: "aws:team" is not accepted as a name\n    It must not begin with "aws:" or "rds:", which AWS reserves',
    ],
    [
      "layers:\n",
      "tags: {Layer: a}\nlayers:\n",
      'configs/dev.yaml:13:8 tags.Layer: "Layer" is the key of a tag that the layers set, because "layer" is one, and upper and lower case do not count\n    Remove it, or choose other keys for the tags of the layers in tagKeys',
    ],
    [
      "layers:\n",
      "tags: {name: a}\nlayers:\n",
      'configs/dev.yaml:13:8 tags.name: "name" is the key of a tag that the layers set, because "Name" is one, and upper and lower case do not count\n    Remove it, or choose other keys for the tags of the layers in tagKeys',
    ],
    [
      "layers:\n",
      "tagKeys: {layer: owner}\ntags: {Owner: a}\nlayers:\n",
      'configs/dev.yaml:14:8 tags.Owner: "Owner" is the key of a tag that the layers set, because "owner" is one, and upper and lower case do not count\n    Remove it, or choose other keys for the tags of the layers in tagKeys',
    ],
    [
      "layers:\n",
      "tagKeys: {environment: Layer}\nlayers:\n",
      `configs/dev.yaml:13:24 tagKeys.environment: "Layer" is the key of another tag that the layers set
    Write a key that differs from Name and from the others in more than upper and lower case`,
    ],
    [
      "layers:\n",
      "tagKeys: {customer: NAME}\nlayers:\n",
      'configs/dev.yaml:13:21 tagKeys.customer: "NAME" is the key of another tag that the layers set\n    Write a key that differs from Name and from the others in more than upper and lower case',
    ],
    [
      "layers:\n",
      'tagKeys: {environment: "a=b"}\nlayers:\n',
      'configs/dev.yaml:13:24 tagKeys.environment: "a=b" is not accepted\n    It must not contain "="',
    ],
    [
      "layers:\n",
      'tags: {team: ""}\nlayers:\n',
      "configs/dev.yaml:13:14 tags.team: is empty text\n    It must have at least 1 character",
    ],
    [
      "layers:\n",
      'tags: {team: "a "}\nlayers:\n',
      'configs/dev.yaml:13:14 tags.team: "a " is not accepted\n    It must not begin or end with a space',
    ],
    [
      "layers:\n",
      "tags: {team: RDS:a}\nlayers:\n",
      'configs/dev.yaml:13:14 tags.team: "RDS:a" is not accepted\n    It must not begin with "aws:" or "rds:", which AWS reserves',
    ],
    [
      "layers:\n",
      `customer: ${"x".repeat(256)}\nlayers:\n`,
      `configs/dev.yaml:13:11 customer: "${"x".repeat(60)}…" has 256 characters\n    It must have at most 255 characters`,
    ],
    [
      "layers:\n",
      `tags: {${"k".repeat(128)}: a}\nlayers:\n`,
      `configs/dev.yaml:13:8 tags.${"k".repeat(128)}: "${"k".repeat(128)}" is not accepted as a name\n    It must have at most 127 characters`,
    ],
    ...[
      ...["kubernetes.io/role/elb", "kubernetes.io/cluster/prod", "k8s.io/cluster-autoscaler/enabled"],
      ...["CSIVolumeName", "CSIVolumeSnapshotName", "KubernetesCluster", "kubernetes.io-owner"],
      ...[
        "efs.csi.aws.com/cluster",
        "ebs.csi.aws.com/cluster",
        "elbv2.k8s.aws/cluster",
        "GuardDutyManaged",
        "deletion-protection-off",
      ],
    ].map((key) => [
      "layers:\n",
      `tags: {${key}: a}\nlayers:\n`,
      `configs/dev.yaml:13:8 tags${/^[A-Za-z-]+$/.test(key) ? `.${key}` : `["${key}"]`}: "${key}" is not accepted as a name\n    It must not be a key by which controllers of the cluster find what is theirs`,
    ]),
    [
      "layers:\n",
      "tags: {team: a, Team: b}\nlayers:\n",
      'configs/dev.yaml:13:17 tags.Team: "Team" differs from "team" in upper and lower case only, which IAM refuses\n    Keep one of the two',
    ],
    [
      "layers:\n",
      "tags:\n  CostCenter: a\n  Owner: x\n  costcenter: b\nlayers:\n",
      'configs/dev.yaml:16:3 tags.costcenter: "costcenter" differs from "CostCenter" in upper and lower case only, which IAM refuses\n    Keep one of the two',
    ],
    [
      "layers:\n",
      "customer: a\ntags: {Customer: x}\nlayers:\n",
      'configs/dev.yaml:14:8 tags.Customer: "Customer" is the key of a tag that the layers set, because "customer" is one, and upper and lower case do not count\n    Remove it, or choose other keys for the tags of the layers in tagKeys',
    ],
    [
      "layers:\n",
      "extensions: my/layer\nlayers:\n",
      'configs/dev.yaml:13:13 extensions: "my/layer" is text\n    It must be a list',
    ],
    [
      "layers:\n",
      "hooks: [{when: before, layer: ekss, command: [a]}]\nlayers:\n",
      'configs/dev.yaml:13:31 hooks[0].layer: "ekss" is not accepted; did you mean "eks"?\n    It must be one of "vpc", "eks"',
    ],
    [
      "layers:\n",
      "hooks: [{when: before, command: [a], runOnError: true}]\nlayers:\n",
      'configs/dev.yaml:13:38 hooks[0].runOnError: does not go with when: "before"\n    Remove it, or set when to "after"',
    ],
    [
      "layers:\n",
      "hooks:\n  - {when: after, command: ./a.sh, during: [restore]}\nlayers:\n",
      'configs/dev.yaml:14:28 hooks[0].command: "./a.sh" is text\n    It must be a list\nconfigs/dev.yaml:14:45 hooks[0].during[0]: "restore" is not accepted\n    It must be one of "apply", "plan", "destroy"',
    ],
    [
      "layers:\n  vpc:\n    cidr: 10.20.0.0/20\n",
      "layers: [vpc]\n",
      'configs/dev.yaml:13:1 layers: is a list\n    It must be a map\nconfigs/dev.yaml:13:1 layers.vpc.cidr: is missing\n    Add "cidr": IPv4 range of the VPC',
    ],
  ])("is refused alone: %j becomes %j", (line, replacement, message) => {
    expect(reported(line, replacement)).toBe(message);
  });

  it("accepts at most 40 tags, because layers add their own", () => {
    const tags = Array.from({ length: 41 }, (_, index) => `  tag${index}: a\n`).join("");
    expect(reported("layers:\n", `tags:\n${tags}layers:\n`)).toBe(
      "configs/dev.yaml:13:1 tags: has 41 tags\n    It must have at most 40, because the layers add their own",
    );
  });

  it("accepts a tag of the customer, which the layers do not set without the setting", () => {
    const text = valid
      .replace("layers:\n", "tags: {customer: x}\nlayers:\n")
      .replace("us-west-2c]", "us-west-2c]\nunknown: 1");
    expect(failure(text).message).toContain("it has 1 problem\n");
  });

  it("is quoted on one line, however long it is", () => {
    expect(reported("name: dev", `name: ${"x".repeat(400)}`).split("\n")[0]).toBe(
      `configs/dev.yaml:1:7 name: "${"x".repeat(60)}…" has 400 characters`,
    );
  });
});

it.each(["us-iso-east-1", "us-isob-west-1", "eusc-de-east-1"])(
  "the region %s, of a partition that is not supported, is refused as such",
  (region) => {
    expect(reported("  region: us-west-2\n", `  region: ${region}\n`)).toBe(
      `configs/dev.yaml:7:11 state.region: "${region}" is not accepted\n    It must be a region of the partition aws, aws-us-gov or aws-cn`,
    );
  },
);

describe("fields that contradict each other", () => {
  const key = (region: string, partition = "aws") =>
    `  kmsKeyArn: arn:${partition}:kms:${region}:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

  it.each([
    [
      "bucket: dev-state",
      "bucket: dev-123456789012-us-west-2-an",
      `configs/dev.yaml:6:11 state.bucket: "dev-123456789012-us-west-2-an" ends with "-an", as only buckets in the regional namespace of an account do
    Choose another name, or create the bucket yourself and set state.existing to true`,
    ],
    [
      "state:\n",
      "partition: aws-cn\nstate:\n",
      `configs/dev.yaml:3:9 region: "us-west-2" belongs to the partition "aws", but partition is "aws-cn"
    Set partition to "aws", or choose a region of "aws-cn"
configs/dev.yaml:8:11 state.region: "us-west-2" belongs to the partition "aws", but partition is "aws-cn"
    Set partition to "aws", or choose a region of "aws-cn"
configs/dev.yaml:13:7 access.adminRoleArns[0]: the ARN belongs to the partition "aws", but partition is "aws-cn"
    Write an ARN that begins with "arn:aws-cn:"`,
    ],
    [
      "  region: us-west-2\n",
      "  region: us-gov-west-1\n",
      `configs/dev.yaml:7:11 state.region: "us-gov-west-1" belongs to the partition "aws-us-gov", but partition is "aws"
    Set partition to "aws-us-gov", or choose a region of "aws"`,
    ],
    [
      "us-west-2c",
      "us-east-1c",
      `configs/dev.yaml:4:33 zones[2]: "us-east-1c" is not an availability zone of "us-west-2"
    Zones of us-west-2 are called us-west-2a, us-west-2b, us-west-2c, us-west-2d; local and Wavelength zones cannot be used`,
    ],
    [
      "us-west-2c",
      "us-west-2-lax-1a",
      `configs/dev.yaml:4:33 zones[2]: "us-west-2-lax-1a" is not an availability zone of "us-west-2"
    Zones of us-west-2 are called us-west-2a, us-west-2b, us-west-2c, us-west-2d; local and Wavelength zones cannot be used`,
    ],
    [
      "us-west-2c",
      "us-west-2a",
      `configs/dev.yaml:4:33 zones[2]: "us-west-2a" is listed twice
    Keep one of the two`,
    ],
    [
      "  bucket: dev-state",
      `  bucket: dev-state\n${key("us-east-1")}`,
      `configs/dev.yaml:7:14 state.kmsKeyArn: the key is in "us-east-1", but the state bucket is in "us-west-2"
    S3 encrypts with keys of the bucket's own region: choose a key there`,
    ],
    [
      "  bucket: dev-state",
      `  bucket: dev-state\n${key("us-west-2", "aws-cn")}`,
      `configs/dev.yaml:7:14 state.kmsKeyArn: the ARN belongs to the partition "aws-cn", but partition is "aws"
    Write an ARN that begins with "arn:aws:"`,
    ],
    [
      "layers:\n",
      "  adminCidrs: [0.0.0.0/0]\nlayers:\n",
      `configs/dev.yaml:13:16 access.adminCidrs[0]: "0.0.0.0/0" opens the administration of the cluster to a large part of the internet
    List the networks of your administrators, none larger than /8`,
    ],
    [
      "layers:\n",
      '  adminCidrs: ["2000::/15"]\nlayers:\n',
      `configs/dev.yaml:13:16 access.adminCidrs[0]: "2000::/15" opens the administration of the cluster to a large part of the internet
    List the networks of your administrators, none larger than /16`,
    ],
    ...["publicCidrs", "adminCidrs"].flatMap((list) =>
      ["::ffff:0:0/96", "::ffff:a00:0/104", "::FFFF:a00:1/128"].map((range) => [
        "layers:\n",
        `  ${list}: ["${range}"]\nlayers:\n`,
        `configs/dev.yaml:13:${list.length + 6} access.${list}[0]: "${range}" is not accepted
    It must not be a range of IPv4 addresses in IPv6 notation: write it in IPv4 notation, e.g. "10.0.0.0/8"`,
      ]),
    ),
    [
      "layers:\n",
      "  publicCidrs: [203.0.113.0/24, 203.0.113.0/24]\nlayers:\n",
      `configs/dev.yaml:13:33 access.publicCidrs[1]: "203.0.113.0/24" is listed twice
    Keep one of the two`,
    ],
    [
      "role/admin\n",
      "role/admin\n    - arn:aws:iam::123456789012:role/Admin\n",
      `configs/dev.yaml:13:7 access.adminRoleArns[1]: "arn:aws:iam::123456789012:role/Admin" is listed twice, before as "arn:aws:iam::123456789012:role/admin"
    Keep one of the two`,
    ],
  ])("are reported where the mistake most likely is: %j becomes %j", (line, replacement, message) => {
    expect(reported(line, replacement)).toBe(message);
  });

  it.each([
    [
      "another setting of the map",
      ["  bucket: dev-state\n  region: us-west-2\n", "  bucket: X-DEV\n  region: eu-mars-1\n"],
      ["state.bucket: ", 'state.region: "eu-mars-1" is not a region of AWS'],
    ],
    [
      "a setting of the map that is unknown",
      [
        "  bucket: dev-state\n  region: us-west-2\n",
        "  bucket: dev-state\n  owner: ops\n  region: eu-mars-1\n",
      ],
      ["state.owner: unknown setting", 'state.region: "eu-mars-1" is not a region of AWS'],
    ],
    [
      "the length of the list",
      ["[us-west-2a, us-west-2b, us-west-2c]", "[us-west-2a, us-west-2z]"],
      ["zones: ", 'zones[1]: "us-west-2z" is not an availability zone'],
    ],
    [
      "another item of the list, and another list",
      [
        "    - arn:aws:iam::123456789012:role/admin\n",
        "    - admin\n    - arn:aws-cn:iam::123456789012:role/admin\n  adminCidrs: [0.0.0.0/0, everyone]\n",
      ],
      [
        "access.adminRoleArns[0]: ",
        'access.adminRoleArns[1]: the ARN belongs to the partition "aws-cn"',
        'access.adminCidrs[0]: "0.0.0.0/0" opens',
        "access.adminCidrs[1]: ",
      ],
    ],
    [
      "the value of another tag",
      ["layers:\n", "tags: {password: x, team: '<a>'}\nlayers:\n"],
      ["tags.password: is named as a secret", "tags.team: "],
    ],
  ])("are reported beside what is wrong with %s", (_, edit, messages) => {
    const [lines = "", replacement = ""] = edit;
    const report = reported(lines, replacement);
    for (const message of messages) expect(report).toContain(` ${message}`);
    expect(report.match(/^configs/gm)).toHaveLength(messages.length);
  });

  it("wait for the setting that is misspelt", () => {
    const file = valid.replaceAll("us-west-2", "us-gov-west-1").replace("arn:aws:", "arn:aws-us-gov:");
    expect(failure(`${file}partitoin: aws-us-gov\n`).message).toContain("it has 1 problem\n");
  });

  it("wait for each other: a rule says nothing about a field that is refused already", () => {
    expect(reported("region: us-west-2\nzones", "region: west\nzones")).not.toContain("zones[");
  });
});

describe("the ranges of a VPC", () => {
  it.each([
    ["everything", '"everything" is not accepted\n    It must be an IPv4 range, e.g. "10.20.0.0/20"'],
    [
      "10.20.0.0/24",
      '"10.20.0.0/24" has the size /24\n    Choose a size from /16 (largest) to /22 (smallest)',
    ],
    ["10.0.0.0/8", '"10.0.0.0/8" has the size /8\n    Choose a size from /16 (largest) to /22 (smallest)'],
    [
      "203.0.112.0/20",
      '"203.0.112.0/20" is not a private range\n    Choose a range inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
    ],
    [
      "172.31.255.0/20",
      '"172.31.255.0/20" does not start at its network address\n    Write "172.31.240.0/20"',
    ],
  ])("must be sound: %s", (cidr, message) => {
    expect(reported("10.20.0.0/20", cidr)).toBe(`configs/dev.yaml:15:11 layers.vpc.cidr: ${message}`);
  });

  it.each([
    [
      "100.64.0.0/10",
      15,
      '"100.64.0.0/10" has the size /10\n    Choose a size from /16 (largest) to /28 (smallest)',
    ],
    [
      "10.20.8.0/24",
      15,
      '"10.20.8.0/24" overlaps "10.20.0.0/20"\n    Choose a range that shares no address with the other ranges of the VPC',
    ],
    [
      "10.20.0.0/16",
      15,
      '"10.20.0.0/16" overlaps "10.20.0.0/20"\n    Choose a range that shares no address with the other ranges of the VPC',
    ],
  ])("must not collide: %s", (range, _, message) => {
    expect(reported("10.20.0.0/20", `10.20.0.0/20\n    additionalCidrs: [${range}]`)).toBe(
      `configs/dev.yaml:16:23 layers.vpc.additionalCidrs[0]: ${message}`,
    );
  });

  it("must not collide with one another", () => {
    expect(
      reported("10.20.0.0/20", "10.20.0.0/20\n    additionalCidrs: [100.64.0.0/16, 100.64.1.0/24]"),
    ).toBe(
      'configs/dev.yaml:16:38 layers.vpc.additionalCidrs[1]: "100.64.1.0/24" overlaps "100.64.0.0/16"\n    Choose a range that shares no address with the other ranges of the VPC',
    );
  });
});

describe("the settings of a layer", () => {
  it.each([
    [
      "    nodeGroup: {}\n",
      'configs/dev.yaml:17:5 layers.eks.nodeGroup: unknown setting; did you mean "nodeGroups"?\n    Known here: supportType, nodeGroups, certificate, windowSeconds, encrypted, storage, owner, contact, code',
    ],
    [
      "    certificate: {source: acm, arn: none}\n",
      'configs/dev.yaml:17:32 layers.eks.certificate.arn: does not go with source: "acm"\n    Remove it, or set source to "existing"',
    ],
    [
      "    nodeGroups: {main: {maxPodz: 1}}\n",
      'configs/dev.yaml:17:25 layers.eks.nodeGroups.main.maxPodz: unknown setting; did you mean "maxPods"?\n    Known here: maxPods',
    ],
    [
      "    nodeGroups: {more: {}}\n",
      'configs/dev.yaml:17:18 layers.eks.nodeGroups.more.maxPods: is missing\n    Add "maxPods": Pods a node may run',
    ],
    [
      "    nodeGroups: {One: {maxPods: 1}}\n",
      'configs/dev.yaml:17:18 layers.eks.nodeGroups.One: "One" is not accepted as a name\n    It must be lower-case letters',
    ],
    [
      "    nodeGroups: {main: {maxPods: 5.5}}\n",
      "configs/dev.yaml:17:34 layers.eks.nodeGroups.main.maxPods: 5.5 is not a whole number\n    It must be a whole number",
    ],
    [
      '    nodeGroups: {main: {maxPods: "5"}}\n',
      'configs/dev.yaml:17:34 layers.eks.nodeGroups.main.maxPods: "5" is text\n    It must be a number, without quotes',
    ],
    [
      "    nodeGroups: {main: {maxPods: 501}}\n",
      "configs/dev.yaml:17:34 layers.eks.nodeGroups.main.maxPods: 501 is too large\n    It must be at most 500",
    ],
    [
      "    supportType: EXTENDD\n",
      'configs/dev.yaml:17:18 layers.eks.supportType: "EXTENDD" is not accepted; did you mean "EXTENDED"?\n    It must be one of "STANDARD", "EXTENDED"',
    ],
    [
      "    certificate: {source: acn}\n",
      'configs/dev.yaml:17:27 layers.eks.certificate.source: "acn" is not accepted; did you mean "acm"?\n    It must be one of "acm", "existing"',
    ],
    [
      "    certificate: {arn: x}\n",
      'configs/dev.yaml:17:5 layers.eks.certificate.source: is missing\n    Add "source"',
    ],
    [
      "    certificate: {source: existing}\n",
      'configs/dev.yaml:17:5 layers.eks.certificate.arn: is missing\n    Add "arn"',
    ],
    [
      "    windowSeconds: 61\n",
      "configs/dev.yaml:17:20 layers.eks.windowSeconds: 61 is not accepted\n    It must be 60",
    ],
    [
      "    windowSeconds: [61]\n",
      "configs/dev.yaml:17:5 layers.eks.windowSeconds: this is not accepted\n    It must be 60; or must be text",
    ],
    [
      "    encrypted: yes\n",
      'configs/dev.yaml:17:16 layers.eks.encrypted: "yes" is text\n    It must be true or false, without quotes',
    ],
    [
      "    storage: 0.7\n",
      "configs/dev.yaml:17:14 layers.eks.storage: 0.7 is not accepted\n    It must be a multiple of 0.5",
    ],
    [
      "    storage: 0\n",
      "configs/dev.yaml:17:14 layers.eks.storage: 0 is too small\n    It must be more than 0",
    ],
    [
      "    owner: x\n",
      'configs/dev.yaml:17:12 layers.eks.owner: "x" has 1 character\n    It must have at least 2 characters',
    ],
    [
      '    owner: ""\n',
      "configs/dev.yaml:17:12 layers.eks.owner: is empty text\n    It must have at least 2 characters",
    ],
    [
      "    owner: true\n",
      "configs/dev.yaml:17:12 layers.eks.owner: true is a boolean\n    It must be text: put it in quotes",
    ],
    [
      "    contact: nobody\n",
      'configs/dev.yaml:17:14 layers.eks.contact: "nobody" is not accepted\n    It must be an e-mail address, e.g. "ops@example.com"',
    ],
    [
      "    code: ABCD\n",
      'configs/dev.yaml:17:11 layers.eks.code: "ABCD" has 4 characters\n    It must have exactly 3 characters',
    ],
    [
      "    {}\n  vpcs: {}\n",
      'configs/dev.yaml:18:3 layers.vpcs: unknown layer; did you mean "vpc"?\n    Known here: vpc, eks',
    ],
    ["    []\n", "configs/dev.yaml:16:3 layers.eks: is a list\n    It must be a map of settings"],
  ])("are refused one by one: %j", (lines, message) => {
    expect(reportedInCluster(lines)).toBe(message);
  });

  it("are reported at the nearest parent when the file has none of them", () => {
    expect(reported("layers:\n  vpc:\n    cidr: 10.20.0.0/20\n", "")).toBe(
      'configs/dev.yaml:1:1 layers.vpc.cidr: is missing\n    Add "cidr": IPv4 range of the VPC',
    );
  });

  it("are reported at scaleProfile when only the profile brings the value", () => {
    expect(reported("layers:\n", "scaleProfile: 1ken\nlayers:\n")).toBe(
      "configs/dev.yaml:13:15 layers.eks.nodeGroups.main.maxPods: 900 is too large\n    It must be at most 500",
    );
  });

  it("are checked against those of the layers they need, and a rule may name a value of the profile", () => {
    expect(
      reported(
        "layers:\n  vpc:\n    cidr: 10.20.0.0/20",
        "scaleProfile: 10ken\nlayers:\n  vpc:\n    cidr: 10.20.0.0/22",
      ),
    ).toBe("configs/dev.yaml:13:15 layers.eks.nodeGroups.main.maxPods: 234 pods do not fit\n    Use /20");
  });
});

describe("regions and zones", () => {
  const allow = "set skipRegionValidation to true for one that is newer than this release";
  const zones = "zones: [us-west-2a, us-west-2b, us-west-2c]";

  it.each([
    [
      "region: us-west-2\nzones",
      "region: us-wset-2\nzones",
      `configs/dev.yaml:3:9 region: "us-wset-2" is not a region of AWS; did you mean "us-west-2"?\n    Correct it, or ${allow}`,
    ],
    [
      "region: us-west-2\nzones",
      "region: us-west-9\nzones",
      `configs/dev.yaml:3:9 region: "us-west-9" is not a region of AWS; did you mean "us-west-1"?\n    Correct it, or ${allow}`,
    ],
    [
      "  region: us-west-2\n",
      "  region: eu-noth-1\n",
      `configs/dev.yaml:7:11 state.region: "eu-noth-1" is not a region of AWS; did you mean "eu-north-1"?\n    Correct it, or ${allow}`,
    ],
    [
      zones,
      "zones: [us-west-2a, us-west-2b, us-west-2z]",
      `configs/dev.yaml:4:33 zones[2]: "us-west-2z" is not an availability zone of "us-west-2"\n    Choose from us-west-2a, us-west-2b, us-west-2c, us-west-2d, or ${allow}`,
    ],
    [
      `region: us-west-2\n${zones}`,
      "region: us-west-1\nzones: [us-west-1a, us-west-1b, us-west-1c]",
      'configs/dev.yaml:3:9 region: EKS accepts subnets in two zones of "us-west-1" only, and an environment needs three\n    Choose another region',
    ],
  ])("that do not exist are refused: %j becomes %j", (line, replacement, message) => {
    expect(reported(line, replacement)).toBe(message);
  });

  it("are accepted where they are newer, and Terraform is told not to validate them", () => {
    const edit = (raw: RawEnvironment) => {
      raw.skipRegionValidation = true;
      raw.region = "ap-south-9";
      raw.zones = ["ap-south-9a", "ap-south-9b", "ap-south-9g"];
    };
    const { json } = synthLayer(kms, { edit });
    expect(json.provider?.["aws"]?.[0]).toMatchObject({ region: "ap-south-9", skip_region_validation: true });
    expect(json.terraform).toMatchObject({ backend: { s3: { region: "us-west-2" } } });
    expect(JSON.stringify(json.terraform)).not.toContain("skip_region_validation");
  });

  it("that Terraform does not know yet are used without a setting", () => {
    const edit = (raw: RawEnvironment) => {
      raw.region = raw.state.region = "ap-southeast-6";
      raw.zones = ["ap-southeast-6a", "ap-southeast-6b", "ap-southeast-6c"];
    };
    const { json } = synthLayer(kms, { edit });
    expect(json.terraform).toMatchObject({ backend: { s3: { skip_region_validation: true } } });
  });

  it("of copies of backups are judged in the same way", () => {
    const edit = (raw: RawEnvironment) => (raw.layers.backup.copy = { enabled: true, region: "us-eats-2" });
    expect(() => loadConfig({ edit })).toThrow(
      '"us-eats-2" is not a region of AWS; did you mean "us-east-2"?',
    );
  });
});

describe("rules about several settings", () => {
  const mistakes = (edit: (raw: RawEnvironment) => void): string => {
    try {
      loadConfig({ edit });
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
    }
    throw new Error("the file was accepted");
  };

  it("are applied although another setting of the layer, a layer that it needs, or the environment is wrong", () => {
    const report = mistakes((raw) => {
      raw.account = 12;
      raw.layers.vpc.additionalCidrs = ["10.0.0.0/33"];
      raw.layers.aurora.instances = "many";
      raw.layers.aurora.minCapacityAcu = 4;
      raw.layers.aurora.maxCapacityAcu = 2;
      raw.layers.eks.nodeGroups = { main: { minSize: 3, maxSize: 1 } };
      raw.layers.backup.completionWindowMinutes = 1;
      raw.layers.backup.startWindowMinutes = 60;
    });
    expect(report).toContain("account: 12 is a number");
    expect(report).toContain("layers.vpc.additionalCidrs[0]:");
    expect(report).toContain("layers.aurora.instances:");
    expect(report).toContain("layers.aurora.minCapacityAcu: is 4, more than maxCapacityAcu, which is 2");
    expect(report).toContain("layers.eks.nodeGroups.main: has minSize 3");
    expect(report).toContain("layers.backup.completionWindowMinutes: ");
  });

  it("wait for a setting that is misspelt, instead of taking its default", () => {
    const report = mistakes((raw) => {
      raw.layers.aurora.minCapacityAcu = 100;
      delete raw.layers.aurora.maxCapacityAcu;
      raw.layers.aurora.maxCapacityAcus = 200;
    });
    expect(report).toContain("layers.aurora.maxCapacityAcus: unknown setting");
    expect(report).not.toContain("more than maxCapacityAcu");
  });
});

describe("numbers", () => {
  it.each([
    ['account: "123456789012"', "account: 012345678901", "2:10 account: 012345678901 is a number"],
    ["name: dev", "name: 1.30", "1:7 name: 1.30 is a number"],
    ["name: dev", "name: 0x1F", "1:7 name: 0x1F is a number"],
    ["name: dev", "name: True", "1:7 name: True is a boolean"],
  ])("are quoted as the file writes them: %j becomes %j", (line, replacement, message) => {
    expect(reported(line, replacement)).toBe(
      `configs/dev.yaml:${message}\n    It must be text: put it in quotes`,
    );
  });
});

describe("a large environment file", () => {
  it.each([
    ["keys that are unknown", (index: number) => `k${index}: 1\n`, ""],
    ["items that are wrong", (index: number) => `  - bad${index}\n`, "hooks:\n"],
    ["keys that are defined twice", (index: number) => `k${index % 100}: 1\n`, ""],
  ])("is answered in seconds, with the first 200 of its problems: %s", (_, line, head) => {
    const lines = Array.from({ length: 20_000 }, (_item, index) => line(index)).join("");
    const started = performance.now();
    const report = failure(`${valid}${head}${lines}`).message.split("\n");
    // Its cause took twenty seconds; a busy machine takes one.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(report[0]).toMatch(/^Cannot use configs\/dev.yaml: it has [12]\d{4} problems$/);
    expect(report.at(-1)).toMatch(/^… and [12]\d{4} more$/);
  });
});

describe("a secret in an environment file", () => {
  const refused = (column: number, setting: string, what: string) =>
    `configs/dev.yaml:17:${column} ${setting}: holds ${what}
    Remove it: values of this file are stored in Terraform's state, in plans and in logs`;
  const url = "a URL with a password or token in it";

  it.each([
    ["    owner: http://me:hunter2@proxy.example.com:3128\n", refused(12, "layers.eks.owner", url)],
    ["    owner: https://ghp-hunter2@git.example.com/fork\n", refused(12, "layers.eks.owner", url)],
    ["    owner: postgres://:hunter2@db.example.com\n", refused(12, "layers.eks.owner", url)],
    ["    owner: see git+https://me:hunter2@git.example.com\n", refused(12, "layers.eks.owner", url)],
    ["    owners: [{first: http://me:hunter2@proxy}]\n", refused(22, "layers.eks.owners[0].first", url)],
    ['    "https://me:hunter2@proxy": 1\n', refused(5, 'layers.eks["https://…@proxy"]', url)],
    [
      '    owner: "-----BEGIN EC PRIVATE KEY-----\\nhunter2"\n',
      refused(12, "layers.eks.owner", "a private key"),
    ],
  ])("is refused wherever it stands, and is not repeated: %j", (lines, message) => {
    const report = reportedInCluster(lines);
    expect(report).toContain(message);
    expect(report).not.toContain("hunter2");
  });

  // Composed here, so that no scanner takes them for real ones.
  const random = "Zk3vQ8pLx1TbN6yWc4RfGh7JdS0mUaE2oKi5Xw9";
  it.each([
    [`AKIAJ7Q2W5E8R3T6Y9U4`, "an AWS access key"],
    [`key ASIAJ7Q2W5E8R3T6Y9U4 of ci`, "an AWS access key"],
    [`${random}/`, "what looks like an AWS secret access key"],
    [`ghp_${random.slice(0, 36)}`, "a GitHub token"],
    [`github_pat_${random}`, "a GitHub token"],
    [`glpat-${random.slice(0, 20)}`, "a GitLab token"],
    [`xoxb-${random}`, "a Slack token"],
    [`https://hooks.slack.com/services/T0/B0/${random}`, "the URL of a Slack webhook"],
    [`dckr_pat_${random}`, "a Docker token"],
    [`npm_${random.slice(0, 36)}`, "an npm token"],
    [`AIza${random.slice(0, 35)}`, "a Google API key"],
    [`AIza${random.slice(0, 36)}`, "a Google API key"],
    [`sk_live_${random.slice(0, 24)}`, "a Stripe key"],
    [`hf_${random.slice(0, 34)}`, "a Hugging Face token"],
    [`dop_v1_${"0af9".repeat(16)}`, "a DigitalOcean token"],
    [`sk-ant-api03-${random}`, "an Anthropic API key"],
    [`AGE-SECRET-KEY-1${random.toUpperCase()}`, "the identity of an age recipient"],
    [`Bearer ${random}`, "a bearer token"],
    ["password=hunter2", "a password"],
    [`MIIE${random}${random}`, "what looks like the content of a key file"],
    [`MIIE${random} ${random}${random} aZ3==`, "what looks like the content of a key file"],
    [`MIIE${random} -----END RSA PRIVATE KEY-----`, "a private key"],
    [`eyJ${random}.eyJ${random}.${random}`, "a JSON Web Token"],
  ])("is recognised by its form, in values and in keys: %s", (secret, what) => {
    const inValue = reported("layers:\n", `tags: {wiki: ${JSON.stringify(secret)}}\nlayers:\n`);
    expect(inValue).toContain(`configs/dev.yaml:13:14 tags.wiki: holds ${what}\n`);
    expect(inValue.match(/: holds /g)).toHaveLength(1);
    const inKey = reportedInCluster(`    ${JSON.stringify(secret)}: 1\n`);
    expect(inKey).toContain(`layers.eks["…"]: holds ${what}\n`);
    expect(`${inValue}${inKey}`).not.toContain(secret);
  });

  it.each(["db-password", "Secret Access Key", "api_key", "ACCESS_TOKEN"])(
    "is expected in a tag named %j",
    (name) => {
      expect(reported("layers:\n", `tags: {${name}: hunter2}\nlayers:\n`)).toContain(
        "is named as a secret is, and everyone who sees the resource reads its tags",
      );
    },
  );

  it.each([
    "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
    "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    `-----BEGIN CERTIFICATE-----\nMIIE${random}${random}\n-----END CERTIFICATE-----`,
    "Keys4/platform/production/certificates/of/the/orchestrators/platform/production/server",
    "AROAJ7Q2W5E8R3T6Y9U4X",
    "registry/Team1/platform/production/images",
    "secret-rotation",
    "PASSWORD=$(aws secretsmanager get-secret-value)",
    'password="${PASSWORD}"',
    "useAccessToken=always",
    "password=false",
    "bearer certificates-of-the-owner",
    "arn:aws:secretsmanager:us-west-2:123456789012:secret:prod/Aurora1/master-a1B2c3",
  ])("is not suspected in %j", (text) => {
    expect(reportedInCluster(`    owner: ${JSON.stringify(text)}\n    code: ABCD\n`)).not.toContain("holds");
  });

  it("is looked for in fields of the environment too", () => {
    expect(reported("layers:\n", "tags: {wiki: 'https://me:hunter2@wiki.example.com'}\nlayers:\n")).toContain(
      `configs/dev.yaml:13:14 tags.wiki: holds ${url}\n`,
    );
  });

  it.each([
    "https://git.example.com/fork",
    "https://git.example.com:8443/@scope/fork",
    "ssh://git@git.example.com/fork",
    "https://git.example.com/?mail=ops@example.com",
    "curl https://me:$TOKEN@git.example.com",
    "curl https://${TOKEN}@git.example.com",
    "ops@example.com",
    "-----BEGIN CERTIFICATE-----",
  ])("is not seen in %j", (text) => {
    expect(reportedInCluster(`    owner: ${JSON.stringify(text)}\n    code: ABCD\n`)).not.toContain(url);
  });
});

describe("settings that could hold a secret by mistake", () => {
  const proxy = "http://me:hunter2@proxy.example.com:3128";
  const inEks = (nodes: object) => (raw: RawEnvironment) => (raw.layers.eks.nodes = nodes);

  it.each<[string, (raw: RawEnvironment) => unknown]>([
    ["layers.eks.nodes.proxy.httpProxy", inEks({ proxy: { httpProxy: proxy, httpsProxy: "http://proxy" } })],
    ["layers.eks.nodes.proxy.httpsProxy", inEks({ proxy: { httpProxy: "http://proxy", httpsProxy: proxy } })],
    [
      "layers.eks.nodes.proxy.noProxy[0]",
      inEks({ proxy: { httpProxy: "http://proxy", httpsProxy: "http://proxy", noProxy: [proxy] } }),
    ],
    [
      'layers.eks.nodes.registryMirrors["docker.io"]',
      inEks({ registryMirrors: { "docker.io": "https://me:hunter2@mirror.example.com" } }),
    ],
    [
      "layers.eks.nodes.preBootstrapScript",
      inEks({ preBootstrapScript: `#!/bin/bash\ncurl -x ${proxy} https://example.com\n` }),
    ],
    [
      "layers.eks.nodes.postBootstrapScript",
      inEks({ postBootstrapScript: `#!/bin/bash\ncurl -x ${proxy} https://example.com\n` }),
    ],
    [
      "layers.argocd.repository.url",
      (raw) => (raw.layers.argocd.repository.url = "https://me:hunter2@git.example.com/fork"),
    ],
    [
      "layers.route53.certificate.privateKeyFile",
      (raw) =>
        (raw.layers.route53.certificate = {
          source: "pem",
          certificateFile: "a",
          chainFile: "b",
          privateKeyFile: "-----BEGIN PRIVATE KEY-----\nhunter2\n",
        }),
    ],
  ])("refuse it, and do not repeat it: %s", (setting, edit) => {
    const load = () => loadConfig({ edit });
    expect(load).toThrow(`${setting}: holds a `);
    expect(load).not.toThrow("hunter2");
  });
});
