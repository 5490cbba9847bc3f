import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { account } from "../../modules/account/layer";
import { audit } from "../../modules/audit/layer";
import { kms } from "../../modules/kms/layer";
import { inOrder } from "../../lib/layer/layer";
import { FakeWorld } from "../provision/fake-world";
import { run } from "../provision/runs";
import { cellar } from "../provision/toys";
import { awsSdk } from "../../scripts/provision/world/aws";
import { type Moto, startMoto } from "./moto";
import type { Variables } from "./terraform";
import { missing } from "./tools";

const because = missing("aws", "moto");
const layers = inOrder([cellar, kms, account, audit]);

let moto: Moto;
let variables: Variables;

/** The AWS CLI as an operator would type it; what it printed. */
function aws(...args: string[]): string {
  const env = { ...process.env, ...variables };
  return execFileSync("aws", [...args, "--region", "us-west-2"], { env, stdio: "pipe", encoding: "utf8" });
}

/** A plan in which only the AWS SDK is real; what the survey printed. */
async function survey(): Promise<readonly string[]> {
  const world = new FakeWorld();
  world.environment = { PATH: process.env["PATH"], HOME: process.env["HOME"], ...variables };
  Object.assign(world.aws, awsSdk());
  Object.assign(world.clock, { now: () => new Date() });
  expect(await run(world, "plan --env dev", layers)).toBe(0);
  const start = world.printed.findIndex((line) => line.startsWith("Existing in the account"));
  if (start < 0) return [];
  const rest = world.printed.slice(start + 1);
  return rest.slice(0, rest.indexOf("")).map((line) => line.trim());
}

describe.skipIf(because !== undefined)(`the survey with the real AWS SDK ${because ?? ""}`, () => {
  beforeAll(async () => {
    moto = await startMoto();
    // The account's number is part of this API's host name, which leads nowhere but through the emulator as a proxy.
    const s3Control = "http://s3-control.us-west-2.amazonaws.com";
    variables = {
      ...moto.variables,
      AWS_ENDPOINT_URL_S3_CONTROL: s3Control,
      HTTP_PROXY: moto.url,
      NO_PROXY: "127.0.0.1",
    };
    // The emulator loads a service at its first call, on a busy machine for longer than a survey waits.
    await survey();
  });
  afterAll(() => {
    moto.stop();
  });

  test("reports everything that is disabled in a new account", async () => {
    expect(await survey()).toEqual([
      expect.stringMatching(/^GuardDuty is off/),
      expect.stringMatching(/^Security Hub is off/),
      expect.stringMatching(/^New disks in us-west-2 are not encrypted/),
      expect.stringMatching(/^Nothing keeps buckets of the account from being public/),
    ]);
  });

  test("reports an enabled service only if it is redundant: a second trail", async () => {
    aws("guardduty", "create-detector", "--enable");
    aws("securityhub", "enable-security-hub");
    aws("ec2", "enable-ebs-encryption-by-default");
    const blocks = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
    const all = blocks.map((block) => `${block}=true`).join(",");
    const put = ["put-public-access-block", "--account-id", "123456789012"];
    aws("s3control", ...put, "--public-access-block-configuration", all);
    expect(await survey()).toEqual([]);

    aws(
      "s3api",
      "create-bucket",
      "--bucket",
      "trails",
      ...["--create-bucket-configuration", "LocationConstraint=us-west-2"],
    );
    aws(
      "cloudtrail",
      "create-trail",
      "--name",
      "everything",
      "--s3-bucket-name",
      "trails",
      "--is-multi-region-trail",
    );
    expect(await survey()).toEqual([
      expect.stringMatching(/^The account's API calls are recorded by the trail "everything" too/),
    ]);
  });

  test("reports a suspended detector", async () => {
    const id = aws("guardduty", "list-detectors", "--query", "DetectorIds[0]", "--output", "text").trim();
    aws("guardduty", "update-detector", "--detector-id", id, "--no-enable");
    expect((await survey())[0]).toMatch(/^GuardDuty is suspended in us-west-2/);
  });

  test("refuses to start without credentials", async () => {
    const nobody = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
    const none = { AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_CONFIG_FILE: "/dev/null" };
    const world = new FakeWorld();
    world.environment = { ...variables, ...nobody, ...none, AWS_EC2_METADATA_DISABLED: "true" };
    Object.assign(world.aws, awsSdk());
    Object.assign(world.clock, { now: () => new Date() });
    expect(await run(world, "plan --env dev", layers)).toMatchObject({
      message: expect.stringMatching(/^Cannot plan "dev": there are no AWS credentials: /) as string,
      exitCode: 4,
    });
  });
});
