import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SimulatedPlace } from "./simulated-place";

let place: SimulatedPlace;
beforeEach(() => {
  place = new SimulatedPlace();
});
afterEach(() => {
  place.end();
});

describe("aws_iam_policy_document", () => {
  it("renders what the real provider renders", () => {
    const { minified_json } = place.read("aws_iam_policy_document", {
      policy_id: "id",
      source_policy_documents: ['{"Statement":[{"Sid":"Keep","Effect":"Allow","Action":"s3:GetObject"}]}'],
      statement: [
        {
          sid: "Many",
          effect: "Deny",
          not_actions: ["b:B", "a:A", "c:C"],
          resources: ["arn:aws:s3:::b/&{aws:username}", "arn:aws:s3:::a"],
          principals: [
            { type: "Service", identifiers: ["b.amazonaws.com", "a.amazonaws.com"] },
            { type: "AWS", identifiers: ["111122223333"] },
          ],
          condition: [
            { test: "StringEquals", variable: "aws:y", values: ["2", "10"] },
            { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
            { test: "StringEquals", variable: "aws:x", values: ["1"] },
          ],
        },
        {
          actions: ["sts:AssumeRole"],
          not_resources: ["x"],
          principals: [{ type: "*", identifiers: ["*"] }],
        },
      ],
    });
    // Rendered by the real provider 5.100.0 from the same statements.
    expect(minified_json).toBe(
      [
        '{"Version":"2012-10-17","Id":"id","Statement":[{"Sid":"Keep","Effect":"Allow","Action":"s3:GetObject"},',
        '{"Sid":"Many","Effect":"Deny","NotAction":["c:C","b:B","a:A"],"Resource":["arn:aws:s3:::b/${aws:username}",',
        '"arn:aws:s3:::a"],"Principal":{"AWS":"111122223333","Service":["b.amazonaws.com","a.amazonaws.com"]},',
        '"Condition":{"Bool":{"aws:SecureTransport":"false"},"StringEquals":{"aws:x":"1","aws:y":["2","10"]}}},',
        '{"Effect":"Allow","Action":"sts:AssumeRole","NotResource":"x","Principal":"*"}]}',
      ].join(""),
    );
  });

  it("lets a later document replace a statement of the same name", () => {
    const { minified_json } = place.read("aws_iam_policy_document", {
      statement: [{ sid: "Write", actions: ["s3:PutObject"] }],
      override_policy_documents: ['{"Statement":{"Sid":"Write","Effect":"Deny","Action":"s3:*"}}'],
    });
    expect(minified_json).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"Write","Effect":"Deny","Action":"s3:*"}]}',
    );
  });

  it("refuses two statements of one name", () => {
    const statement = [{ sid: "Same" }, { sid: "Same" }];
    expect(place.read("aws_iam_policy_document", { statement })).toEqual({ error: "duplicate Sid (Same)" });
  });
});

describe("Data sources about the place", () => {
  it("return zones and their IDs", () => {
    const gov = new SimulatedPlace({
      partition: "aws-us-gov",
      region: "us-gov-west-1",
      account: "111122223333",
    });
    const { names, zone_ids } = gov.read("aws_availability_zones", {});
    expect(names).toEqual(["us-gov-west-1a", "us-gov-west-1b", "us-gov-west-1c"]);
    expect(zone_ids).toEqual(["usgw1-az1", "usgw1-az2", "usgw1-az3"]);
    expect(gov.read("aws_caller_identity", {}).arn).toMatch(/^arn:aws-us-gov:sts::111122223333:/);
    gov.end();
  });

  it("return the domain of the partition", () => {
    const china = new SimulatedPlace({ partition: "aws-cn", region: "cn-north-1", account: "111122223333" });
    const { dns_suffix, reverse_dns_prefix } = china.read("aws_partition", {});
    expect([dns_suffix, reverse_dns_prefix]).toEqual(["amazonaws.com.cn", "cn.com.amazonaws"]);
    china.end();
  });

  it("return the account of Elastic Load Balancing where it exists", () => {
    expect(place.read("aws_elb_service_account", {}).arn).toBe("arn:aws:iam::127311923021:root");
    expect(place.read("aws_elb_service_account", { region: "mx-central-1" }).error).toContain("unsupported");
  });
});

describe("Data sources that look things up", () => {
  it("find the public and the private zone of one name", () => {
    const open = place.create("aws_route53_zone", { name: "edge.example.com" });
    const closed = place.create("aws_route53_zone", { name: "edge.example.com", vpc: [{ vpc_id: "vpc-1" }] });
    expect(place.read("aws_route53_zone", { name: "edge.example.com." }).id).toBe(open);
    expect(place.read("aws_route53_zone", { name: "edge.example.com", private_zone: true }).id).toBe(closed);
    expect(place.read("aws_route53_zone", { name: "other.com" }).error).toContain(
      "no matching Route 53 Hosted Zone",
    );
  });

  it("find subnets by filter and by tag", () => {
    const subnet = (tags_all: Record<string, string>, vpc_id: string) =>
      place.create("aws_subnet", { tags_all, vpc_id });
    const wanted = subnet({ tier: "private" }, "vpc-1");
    subnet({ tier: "public" }, "vpc-1");
    subnet({ tier: "private" }, "vpc-2");
    const filter = [{ name: "vpc-id", values: ["vpc-1"] }];
    expect(place.read("aws_subnets", { filter, tags: { tier: "private" } }).ids).toEqual([wanted]);
    const byTag = [{ name: "tag:tier", values: ["public"] }];
    expect(place.read("aws_subnets", { filter: byTag }).ids).toHaveLength(1);
  });

  it("publish images under /aws/service only", () => {
    const name = "/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id";
    expect(place.read("aws_ssm_parameter", { name }).value).toMatch(/^ami-[0-9a-f]{17}$/);
    expect(place.read("aws_ssm_parameter", { name: "/edge/none" }).error).toContain("/edge/none");
  });

  it("find a key by its alias", () => {
    const key = place.create("aws_kms_key", {});
    place.create("aws_kms_alias", { name: "alias/eks", target_key_id: key });
    expect(place.read("aws_kms_key", { key_id: "alias/eks" }).id).toBe(key);
    expect(place.read("aws_kms_key", { key_id: "alias/none" }).error).toContain("NotFoundException");
  });

  it("know the prefix lists of AWS by name", () => {
    const { id } = place.read("aws_ec2_managed_prefix_list", { name: "com.amazonaws.us-east-1.s3" });
    expect(id).toMatch(/^pl-[0-9a-f]{8}$/);
    expect(place.read("aws_ec2_managed_prefix_list", { name: "unknown" })).toHaveProperty("error");
  });
});
