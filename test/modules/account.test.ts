import { describe, expect, test } from "vitest";
import { account } from "../../modules/account/layer";
import { synthLayer } from "../synth";

interface Raw {
  layers: Record<string, unknown>;
}

const withSettings = (settings: object) =>
  synthLayer(account, {
    edit: (raw: Raw) => {
      raw.layers["account"] = settings;
    },
  });
const types = (layer: ReturnType<typeof synthLayer>) => Object.keys(layer.json.resource ?? {});
const enabled = withSettings({ enabled: true });

test("leaves the account alone unless told otherwise", () => {
  const untouched = withSettings({});
  expect(types(untouched)).toEqual([]);
  expect(untouched.json.output?.["managed"]?.value).toEqual({});
});

describe("when on", () => {
  test("encrypts every new disk", () => {
    expect(enabled.resource("aws_ebs_encryption_by_default", "ebs-encryption")).toMatchObject({
      enabled: true,
    });
  });

  test("refuses public access to every bucket, in all four ways", () => {
    expect(enabled.resource("aws_s3_account_public_access_block", "s3-public-access-block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("makes nothing else: GuardDuty and Security Hub belong to whoever administers the organisation", () => {
    expect(types(enabled).sort()).toEqual([
      "aws_ebs_encryption_by_default",
      "aws_s3_account_public_access_block",
    ]);
  });

  test("says what it manages", () => {
    expect(Object.keys(enabled.json.output?.["managed"]?.value as object)).toEqual([
      "ebsEncryption",
      "s3PublicAccessBlock",
    ]);
  });
});

test("leaves out each part that is switched off", () => {
  expect(types(withSettings({ enabled: true, ebsEncryption: false }))).toEqual([
    "aws_s3_account_public_access_block",
  ]);
  expect(types(withSettings({ enabled: true, s3PublicAccessBlock: false }))).toEqual([
    "aws_ebs_encryption_by_default",
  ]);
});
