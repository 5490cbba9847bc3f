import { expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { account } from "../../modules/account/layer";
import { audit } from "../../modules/audit/layer";
import { volumesQuestion } from "../../modules/eks/leftovers";
import { kms } from "../../modules/kms/layer";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar } from "./toys";

const layers = inOrder([cellar, kms, account, audit]);
const blocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** An account in which everything is as it should be. */
function sound(): { world: FakeWorld; aws: FakeAws } {
  const world = new FakeWorld();
  const aws = new FakeAws(world);
  aws.answers.set("guardduty list-detectors", { DetectorIds: ["d1"] });
  aws.answers.set("guardduty get-detector", { Status: "ENABLED", CreatedAt: "2025-01-01" });
  aws.answers.set("securityhub describe-hub", { HubArn: "arn:aws:securityhub:::hub/default" });
  aws.answers.set("ec2 get-ebs-encryption-by-default", { EbsEncryptionByDefault: true });
  aws.answers.set("s3control get-public-access-block", { PublicAccessBlockConfiguration: blocked });
  aws.answers.set("cloudtrail describe-trails", { trailList: [] });
  return { world, aws };
}

/** What the survey printed, without its heading. */
function notes({ printed }: FakeWorld): readonly string[] {
  const start = printed.findIndex((line) => line.startsWith("account  What it has already"));
  if (start < 0) return [];
  const rest = printed.slice(start + 1);
  return rest.slice(0, rest.indexOf("")).map((line) => line.trim());
}

const plan = (world: FakeWorld, words = "") => run(world, `plan --env dev${words}`, layers);

test("an account in which everything is on has nothing to be told of", async () => {
  const { world, aws } = sound();
  expect(await plan(world)).toBe(0);
  expect(aws.calls.map(({ name }) => name).toSorted()).toEqual([...aws.answers.keys()].toSorted());
  expect(notes(world)).toEqual([]);
  expect(world.printed.join("\n")).not.toContain("What it has already");
});

test("what is off is told before the first layer, and fails nothing", async () => {
  const { world, aws } = sound();
  aws.answers.set("guardduty list-detectors", { DetectorIds: [] });
  aws.answers.set("ec2 get-ebs-encryption-by-default", { EbsEncryptionByDefault: false });
  aws.answers.set("cloudtrail describe-trails", {
    trailList: [
      {
        Name: "everybody",
        TrailARN: "arn:aws:cloudtrail:us-east-1:999999999999:trail/everybody",
        IsMultiRegionTrail: true,
        IsOrganizationTrail: true,
      },
    ],
  });
  aws.refusals.set(
    "securityhub describe-hub",
    "An error occurred (InvalidAccessException) when calling the DescribeHub operation: Account 123456789012 is not subscribed to AWS Security Hub",
  );
  aws.refusals.set(
    "s3control get-public-access-block",
    "An error occurred (NoSuchPublicAccessBlockConfiguration) when calling the GetPublicAccessBlock operation: The public access block configuration was not found",
  );
  expect(await plan(world)).toBe(0);
  expect(notes(world)).toEqual([
    expect.stringMatching(/^GuardDuty is off in us-west-2: .*create-detector --enable --region us-west-2$/),
    expect.stringMatching(/^Security Hub is off in us-west-2: .*enable-security-hub --region us-west-2$/),
    expect.stringMatching(/^New disks in us-west-2 are not encrypted .*layers\.account: { enabled: true }/),
    expect.stringMatching(
      /^Nothing keeps the account's buckets from .*set layers\.account: { enabled: true }/,
    ),
    expect.stringMatching(
      /the organisation's trail "everybody" too: .*layers\.audit\.trail: { enabled: false/,
    ),
  ]);
  expect(world.printed.findIndex((line) => line.startsWith("account  "))).toBeLessThan(
    world.printed.findIndex((line) => line.startsWith("cellar  ")),
  );
});

test("apply is told the same as plan", async () => {
  const { world, aws } = sound();
  aws.answers.set("guardduty list-detectors", { DetectorIds: [] });
  expect(await run(world, "--env dev --yes --only account", [cellar, account])).not.toBe(0);
  expect(notes(world)).toHaveLength(1);
});

test("only the layers of this run are asked", async () => {
  const { world, aws } = sound();
  await plan(world, " --only cellar");
  expect(aws.calls).toEqual([]);
  await plan(world, " --only audit");
  expect(aws.calls.map(({ name }) => name)).toEqual(["cloudtrail describe-trails"]);
});

test.each(["outputs --env dev", "outputs --env dev --json", "capacity --env dev", "iam --env dev"])(
  "%s asks AWS nothing",
  async (words) => {
    const { world, aws } = sound();
    await run(world, words, layers);
    expect(aws.calls).toEqual([]);
  },
);

test("every question is bounded in time, and asked in the environment's region", async () => {
  const { world, aws } = sound();
  await plan(world);
  expect(new Set(aws.bounds.map((bound) => bound.join(" ")))).toEqual(new Set(["20 1"]));
  for (const { words } of aws.calls)
    expect(words.slice(-8)).toEqual([
      ...["--cli-connect-timeout", "5", "--cli-read-timeout", "10"],
      ...["--region", "us-west-2", "--output", "json"],
    ]);
});

test("without the AWS CLI one line says so, and what to install", async () => {
  const { world, aws } = sound();
  for (const name of aws.answers.keys()) aws.refusals.set(name, "missing");
  expect(await plan(world)).toBe(0);
  expect(notes(world)).toEqual([
    'Not looked at: there is no program "aws" on the PATH. Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)',
  ]);
});

test("what may not be seen is one line for each reason", async () => {
  const { world, aws } = sound();
  const denied =
    "An error occurred (AccessDeniedException) when calling the DescribeHub operation: User is not authorized to perform: securityhub:DescribeHub";
  aws.refusals.set("securityhub describe-hub", denied);
  aws.refusals.set("guardduty get-detector", "Unable to locate credentials");
  aws.refusals.set("cloudtrail describe-trails", "Unable to locate credentials");
  aws.refusals.set("ec2 get-ebs-encryption-by-default", "killed");
  aws.answers.set("s3control get-public-access-block", { Surprise: true });
  expect(await plan(world)).toBe(0);
  expect(notes(world)).toEqual([
    'Not looked at: GuardDuty, other trails; AWS says "Unable to locate credentials"',
    `Not looked at: Security Hub; AWS says "${denied}"`,
    "Not looked at: encryption of new disks; AWS gave no answer in time",
    "Not looked at: the account's block of public buckets; the answer is not understood",
  ]);
});

test("any layer may ask, and one that asks nothing adds nothing", async () => {
  const curious = defineLayer({
    name: "curious",
    summary: "Asks",
    settings: z.strictObject({ wanted: z.string().default("blue").describe("colour") }),
    needs: {},
    outputs: {},
    survey: ({ environment, settings }) => [
      {
        about: "the colour",
        words: ["paint", "get-colour"],
        actions: ["paint:GetColour"],
        tell: (answer) => `${environment.name} is ${JSON.stringify(answer)}, not ${settings.wanted}`,
      },
    ],
    build: () => ({}),
  });
  const { world, aws } = sound();
  aws.answers.set("paint get-colour", "red");
  await run(world, "plan --env dev", [cellar, curious]);
  expect(notes(world)).toEqual(['dev is "red", not blue']);

  const asking = new FakeWorld();
  await run(asking, "iam --env dev", [cellar, curious]);
  expect(asking.printed.join("\n")).toContain('"paint:GetColour"');
});

test("what a destroyed cluster leaves is told with the command that removes it", async () => {
  const world = new FakeWorld();
  const aws = new FakeAws(world);
  const cluster = defineLayer({
    name: "cluster",
    summary: "Cluster",
    settings: z.strictObject({}),
    needs: {},
    outputs: {},
    leftovers: ({ environment }) => [volumesQuestion(environment)],
    build: () => ({}),
  });
  const both = inOrder([cellar, cluster]);
  expect(await run(world, "--env dev --yes", both)).toBe(0);
  aws.answers.set("s3api list-objects-v2", {});
  aws.answers.set("ec2 describe-volumes", {
    Volumes: [
      { VolumeId: "vol-1", Size: 20 },
      { VolumeId: "vol-2", Size: 40 },
    ],
  });
  const words = "destroy --env dev --yes --confirm dev --allow-data-loss cellar";
  expect(await run(world, words, both)).toBe(0);
  const filters = "Name=tag:environment,Values=dev Name=tag:ebs.csi.aws.com/cluster,Values=true";
  expect(world.printed.slice(-2)).toEqual([
    "leftovers  What Terraform did not make, and so did not destroy",
    `  2 volumes of pods are left, 60 GiB, with what the pods kept; to delete them, run: aws ec2 describe-volumes --filters ${filters} --region us-west-2 --query 'Volumes[].[VolumeId]' --output text | xargs -n 1 aws ec2 delete-volume --region us-west-2 --volume-id`,
  ]);
});
