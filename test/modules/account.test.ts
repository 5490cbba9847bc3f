import { describe, expect, test } from "vitest";
import { account } from "../../modules/account/layer";
import { loadConfig, synthLayer } from "../synth";
import { currentLook } from "./looks";

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

test("creates no resources by default", () => {
  const untouched = withSettings({});
  expect(types(untouched)).toEqual([]);
  expect(untouched.json.output?.["managed"]?.value).toEqual({});
});

describe("when enabled", () => {
  test("enables EBS encryption by default", () => {
    expect(enabled.resource("aws_ebs_encryption_by_default", "ebs-encryption")).toMatchObject({
      enabled: true,
    });
  });

  test("blocks public access to all buckets with all four settings", () => {
    expect(enabled.resource("aws_s3_account_public_access_block", "s3-public-access-block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("creates nothing else: GuardDuty and Security Hub are managed by the administrator of the organisation", () => {
    expect(types(enabled).sort()).toEqual([
      "aws_ebs_encryption_by_default",
      "aws_s3_account_public_access_block",
    ]);
  });

  test("publishes the settings that it manages", () => {
    expect(Object.keys(enabled.json.output?.["managed"]?.value as object)).toEqual([
      "ebsEncryption",
      "s3PublicAccessBlock",
    ]);
  });
});

test("omits each disabled setting", () => {
  expect(types(withSettings({ enabled: true, ebsEncryption: false }))).toEqual([
    "aws_s3_account_public_access_block",
  ]);
  expect(types(withSettings({ enabled: true, s3PublicAccessBlock: false }))).toEqual([
    "aws_ebs_encryption_by_default",
  ]);
});

describe("the survey of the account", () => {
  const questions = (settings: object) => {
    const given = loadConfig({ edit: (raw: Raw) => (raw.layers["account"] = settings) });
    const own = account.settings.parse(given.settings["account"]);
    return account.survey?.({ environment: given.environment, settings: own }) ?? [];
  };
  const question = (about: string, settings: object = {}) => {
    const found = questions(settings).find((asked) => asked.about === about);
    if (found === undefined) throw new Error(`Nothing is asked about ${about}`);
    return currentLook(found);
  };

  test("checks everything while the layer is disabled, and only what the layer does not manage while it is enabled", () => {
    const both = ["GuardDuty", "Security Hub"];
    const disks = "encryption of new disks";
    const buckets = "the account's block of public buckets";
    const abouts = (settings: object) => questions(settings).map(({ about }) => about);
    expect(abouts({})).toEqual([...both, disks, buckets]);
    expect(abouts({ enabled: true })).toEqual(both);
    expect(abouts({ enabled: true, ebsEncryption: false })).toEqual([...both, disks]);
    expect(abouts({ enabled: true, s3PublicAccessBlock: false })).toEqual([...both, buckets]);
  });

  test("distinguishes a suspended GuardDuty detector from an enabled one", () => {
    const next = currentLook(question("GuardDuty").finding({ DetectorIds: ["d1"] }));
    expect(next).toMatchObject({
      call: { service: "guardduty", operation: "GetDetector", input: { DetectorId: "d1" } },
    });
    expect(next.finding({ Status: "ENABLED" })).toBeUndefined();
    expect(next.finding({ Status: "DISABLED" })).toMatch(
      /^GuardDuty is suspended in us-west-2: .*update-detector --detector-id d1 --enable --region us-west-2$/,
    );
  });

  test("reports Security Hub as disabled only if AWS returns that error", () => {
    const asked = question("Security Hub");
    const refused = (message: string) =>
      asked.findingOnRefusal?.({ code: "InvalidAccessException", message });
    expect(refused("Account 111122223333 is not subscribed to AWS Security Hub")).toMatch(/is off/);
    expect(refused("You do not have permission")).toBeUndefined();
  });

  test("names the settings that allow public buckets", () => {
    const block = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true };
    const asked = question("the account's block of public buckets");
    const finding = (restrict: boolean) =>
      asked.finding({ PublicAccessBlockConfiguration: { ...block, RestrictPublicBuckets: restrict } });
    expect(finding(true)).toBeUndefined();
    expect(finding(false)).toMatch(/only in part \(RestrictPublicBuckets is off\)/);
  });

  test("names the setting that encrypts disks, whether the layer is disabled or enabled", () => {
    const finding = (settings: object) =>
      question("encryption of new disks", settings).finding({ EbsEncryptionByDefault: false });
    expect(finding({})).toContain("set layers.account: { enabled: true } in");
    expect(finding({ enabled: true, ebsEncryption: false })).toContain(
      "set layers.account.ebsEncryption: true in",
    );
  });
});
