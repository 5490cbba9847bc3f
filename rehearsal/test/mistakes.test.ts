import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsStack, Scratch, type Stack } from "./rehearse";

interface Finding {
  readonly summary: string;
  readonly detail: string;
}

const network = {
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: {
    one: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24", availability_zone: "us-east-1a" },
  },
};

describe("Mistakes that terraform validate finds", () => {
  let scratch: Scratch;
  let findings: readonly string[];

  beforeAll(async () => {
    scratch = await Scratch.start();
    const resource = {
      aws_vpc: {
        main: { cidr_block: "10.0.0.0/16" },
        misspelt: { cidr_block: "10.0.0.0/16", enable_dns_hostname: true },
        wrong_type: { cidr_block: "10.0.0.0/16", enable_dns_support: { yes: true } },
        computed: { cidr_block: "10.0.0.0/16", arn: "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1" },
      },
      aws_subnet: { incomplete: { cidr_block: "10.0.1.0/24" } },
      aws_internet_gateway: { unknown_attribute: { vpc_id: "${aws_vpc.main.identifier}" } },
      aws_route_table: { undeclared: { vpc_id: "${aws_vpc.other.id}" } },
      aws_eks_cluster: {
        no_block: { name: "a", role_arn: "arn:aws:iam::111122223333:role/a" },
        two_blocks: {
          name: "b",
          role_arn: "arn:aws:iam::111122223333:role/a",
          vpc_config: [{ subnet_ids: [] }, { subnet_ids: [] }],
        },
        nested: { name: "c", role_arn: "arn:aws:iam::111122223333:role/a", vpc_config: { subnets: [] } },
      },
      aws_ebs_volume: { not_a_number: { availability_zone: "us-east-1a", size: "large" } },
      aws_virtual_private_cloud: { no_such_type: {} },
    };
    const text = JSON.stringify(awsStack({ resource }));
    // Terraform stops at unknown types before it looks at anything else.
    const known = JSON.parse(text) as { resource: Record<string, unknown> };
    delete known.resource["aws_virtual_private_cloud"];
    await scratch.stack("mistakes", known);
    await scratch.stack("types", awsStack({ resource: { aws_virtual_private_cloud: { no_such_type: {} } } }));
    findings = await validate("mistakes");
  });

  afterAll(async () => {
    await scratch.end();
  });

  async function validate(stack: string): Promise<string[]> {
    const report = JSON.parse(await scratch.run(stack, ["validate", "-json"], 1)) as {
      diagnostics: readonly Finding[];
    };
    return report.diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`);
  }

  it.each([
    ["an argument that does not exist", 'No argument or block type is named "enable_dns_hostname"'],
    ["an object for a bool", 'attribute value type: Inappropriate value for attribute "enable_dns_support"'],
    ["a text for a number", 'Inappropriate value for attribute "size": a number is required'],
    ["an argument that is missing", 'The argument "vpc_id" is required'],
    ["an argument that only the service sets", 'Can\'t configure a value for "arn"'],
    [
      "an attribute that does not exist",
      'has no argument, nested block, or exported attribute named "identifier"',
    ],
    ["a resource that is not declared", 'A managed resource "aws_vpc" "other" has not been declared'],
    ["a block that is missing", 'At least 1 "vpc_config" blocks are required'],
    ["a block too many", 'No more than 1 "vpc_config" blocks are allowed'],
    ["an argument that does not exist in a block", 'No argument or block type is named "subnets"'],
  ])("%s", (_mistake, message) => {
    expect(findings.filter((finding) => finding.includes(message))).toHaveLength(1);
  });

  it("a resource type that does not exist", async () => {
    expect((await validate("types")).join()).toContain(
      'does not support resource type "aws_virtual_private_cloud"',
    );
  });
});

describe("Mistakes that plan, apply and destroy find", () => {
  let scratch: Scratch;

  beforeAll(async () => {
    scratch = await Scratch.start();
    await scratch.stack("stack", awsStack({ resource: network }));
  });

  afterAll(async () => {
    await scratch.end();
  });

  async function refused(content: Stack, command: string): Promise<string> {
    scratch.write("stack", awsStack(content));
    return scratch.refusal("stack", command === "plan" ? ["plan"] : [command, "-auto-approve"]);
  }

  it("for_each over values that are not known yet", async () => {
    const each = {
      for_each: "${toset([aws_vpc.main.id])}",
      vpc_id: "${each.key}",
      cidr_block: "10.0.2.0/24",
    };
    const resource = { ...network, aws_subnet: { each } };
    expect(await refused({ resource }, "plan")).toContain("Invalid for_each argument");
  });

  it("a data source that finds nothing", async () => {
    const data = { aws_vpc: { gone: { id: "vpc-0123456789abcdef0" } } };
    expect(await refused({ data }, "plan")).toContain("aws_vpc");
  });

  it("an id of something that does not exist, and a name that is taken", async () => {
    const role = { name: "twin", assume_role_policy: '{"Version":"2012-10-17","Statement":[]}' };
    const resource = {
      aws_internet_gateway: { lost: { vpc_id: "vpc-0123456789abcdef0" } },
      aws_iam_role: { one: role, other: role },
    };
    const refusal = await refused({ resource }, "apply");
    expect(refusal).toContain("no such object in the simulated cloud: aws_vpc vpc-0123456789abcdef0");
    expect(refusal).toContain("creating aws_iam_role (twin)");
    expect(refusal).toContain("already exists");
    await scratch.destroy("stack");
  });

  it("deleting what is protected, and what others still use", async () => {
    const of = (deletion_protection: boolean) =>
      awsStack({ resource: { ...network, ...cluster(deletion_protection) } });
    scratch.write("stack", of(true));
    await scratch.apply("stack");
    const vpc = scratch.rehearsal.objects().find(({ type }) => type === "aws_vpc")!;
    await scratch.run("stack", ["state", "rm", "aws_subnet.one"]);
    const refusal = await scratch.refusal("stack", ["destroy", "-auto-approve"]);
    expect(refusal).toMatch(/deleting aws_rds_cluster \(kept\).{1,80}protect/);
    expect(refusal).toContain(`DependencyViolation: ${vpc.id} is still used by aws_subnet`);

    const subnet = scratch.rehearsal.objects().find(({ type }) => type === "aws_subnet")!;
    scratch.write("stack", of(false));
    await scratch.run("stack", ["import", "aws_subnet.one", subnet.id]);
    await scratch.apply("stack");
    expect(await scratch.destroy("stack")).toContain("3 destroyed");
    expect(scratch.rehearsal.objects()).toEqual([]);
  });
});

function cluster(deletion_protection: boolean): Stack {
  const kept = {
    cluster_identifier: "kept",
    engine: "aurora-postgresql",
    master_username: "root",
    manage_master_user_password: true,
    skip_final_snapshot: true,
    deletion_protection,
  };
  return { aws_rds_cluster: { kept } };
}
