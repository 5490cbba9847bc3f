import { expect, test } from "vitest";
import type { CloudObject } from "../../rehearsal/engine/cloud";
import { answerAws } from "../../scripts/chaos/aws-answers";

const object = (type: string, id: string, attributes: Record<string, unknown>): CloudObject => ({
  ...{ type, id, attributes, createdAt: "2026-01-01T09:00:00.000Z" },
});
const tags = { environment: "dev", layer: "vpc" };
const objects = () => [
  object("aws_vpc", "vpc-1", { arn: "arn:aws:ec2:us-west-2:123456789012:vpc/vpc-1", tags_all: tags }),
  object("aws_nat_gateway", "nat-1", { tags_all: tags }),
  object("aws_kms_key", "key", { arn: "arn:aws:kms:…", tags_all: { ...tags, layer: "kms" } }),
  object("aws_route", "r-1", {}),
];

test("the account lists by tags what is in it", () => {
  const TagFilters = [
    { Key: "environment", Values: ["dev"] },
    { Key: "layer", Values: ["vpc"] },
  ];
  const call = { operation: "GetResources", form: "json", body: JSON.stringify({ TagFilters }) } as const;
  const { ResourceTagMappingList } = JSON.parse(answerAws(call, objects).body) as {
    ResourceTagMappingList: readonly { ResourceARN: string }[];
  };
  expect(ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN)).toEqual([
    "arn:aws:ec2:us-west-2:123456789012:vpc/vpc-1",
    "arn:aws:ec2:us-west-2:123456789012:natgateway/nat-1",
  ]);
});

test("what exists is available, and what does not is in no answer", () => {
  const ask = (id: string) =>
    answerAws({ operation: "DescribeNatGateways", form: "xml", body: `NatGatewayId.1=${id}` }, objects).body;
  expect(ask("nat-1")).toContain("<state>available</state>");
  expect(ask("nat-2")).toBe(
    "<DescribeNatGatewaysResponse><natGatewaySet></natGatewaySet></DescribeNatGatewaysResponse>",
  );
});

test("what it does not know is denied", () => {
  expect(answerAws({ operation: "TerminateInstances", form: "json", body: "{}" }, objects)).toMatchObject({
    status: 403,
    body: expect.stringContaining("AccessDenied") as unknown,
  });
});
