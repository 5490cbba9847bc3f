import { expect, test } from "vitest";
import type { RecordedCall } from "../../real/api/recorded-call";
import { RecordedTags } from "./recorded-tags";

const region = "eu-central-1";
const here = `${region}:111122223333`;
const provider = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/1";
const Tags = [{ Key: "environment", Value: "prod" }];

function call(name: string, params: RecordedCall["params"], answer = ""): RecordedCall {
  const [service = "", operation = ""] = name.split(".");
  return { service, operation, region, params, answer, status: 200, layer: "toy", phase: "apply" };
}

/** The tags of a resource after calls. */
function tagsAfter(
  calls: readonly RecordedCall[],
  arn: string,
): Readonly<Record<string, string>> | undefined {
  const tags = new RecordedTags();
  for (const each of calls) tags.observe(each);
  const found = tags.of(arn, region);
  return found && Object.fromEntries(found);
}

test("a key has the tags that it was created with and those that came later", () => {
  const calls = [
    call(
      "kms.CreateKey",
      { Tags: [{ TagKey: "environment", TagValue: "prod" }] },
      '{"KeyMetadata": {"KeyId": "1234"}}',
    ),
    call("kms.TagResource", { KeyId: "1234", Tags: [{ TagKey: "team", TagValue: "one" }] }),
  ];
  expect(tagsAfter(calls, `arn:aws:kms:${here}:key/1234`)).toEqual({ environment: "prod", team: "one" });
  expect(tagsAfter(calls, `arn:aws:kms:${here}:key/5678`)).toBeUndefined();
});

test("an alias has none", () => {
  expect(tagsAfter([], `arn:aws:kms:${here}:alias/prod-data`)).toEqual({});
});

test("of what EC2 creates in a request, each has the tags of its type", () => {
  const calls = [
    call(
      "ec2.RunInstances",
      {
        TagSpecifications: [
          { ResourceType: "instance", Tags },
          { ResourceType: "volume", Tags: [{ Key: "Name", Value: "disk" }] },
        ],
      },
      "<instanceId>i-0a1b</instanceId><subnetId>subnet-2c</subnetId><volumeId>vol-3d</volumeId>",
    ),
    call("ec2.CreateTags", { Resources: ["vol-3d"], Tags: [{ Key: "team", Value: "one" }] }),
  ];
  expect(tagsAfter(calls, `arn:aws:ec2:${here}:instance/i-0a1b`)).toEqual({ environment: "prod" });
  expect(tagsAfter(calls, `arn:aws:ec2:${here}:volume/vol-3d`)).toEqual({ Name: "disk", team: "one" });
  expect(tagsAfter(calls, `arn:aws:ec2:${here}:subnet/subnet-2c`)).toBeUndefined();
});

test("an identity provider is found by its ARN", () => {
  const answer = `<OpenIDConnectProviderArn>${provider}</OpenIDConnectProviderArn>`;
  expect(tagsAfter([call("iam.CreateOpenIDConnectProvider", { Tags }, answer)], provider)).toEqual({
    environment: "prod",
  });
});
