import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { account } from "../../modules/account/layer";
import { audit } from "../../modules/audit/layer";
import { volumesQuestion } from "../../modules/eks/leftovers";
import { kms } from "../../modules/kms/layer";
import { awsError } from "./aws-error";
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
  aws.answers.set("guardduty ListDetectors", { DetectorIds: ["d1"] });
  aws.answers.set("guardduty GetDetector", { Status: "ENABLED", CreatedAt: "2025-01-01" });
  aws.answers.set("securityhub DescribeHub", { HubArn: "arn:aws:securityhub:::hub/default" });
  aws.answers.set("ec2 GetEbsEncryptionByDefault", { EbsEncryptionByDefault: true });
  aws.answers.set("s3-control GetPublicAccessBlock", { PublicAccessBlockConfiguration: blocked });
  aws.answers.set("cloudtrail DescribeTrails", { trailList: [] });
  aws.answers.set("s3 ListBuckets", { Buckets: [] });
  return { world, aws };
}

/** What the survey printed, without its heading. */
function notes({ printed }: FakeWorld): readonly string[] {
  const start = printed.findIndex((line) => line.startsWith("Existing in the account"));
  if (start < 0) return [];
  const rest = printed.slice(start + 1);
  return rest.slice(0, rest.indexOf("")).map((line) => line.trim());
}

const plan = (world: FakeWorld, commandLine = "") => run(world, `plan --env dev${commandLine}`, layers);

test("an account in which everything is on gives no findings", async () => {
  const { world, aws } = sound();
  expect(await plan(world)).toBe(0);
  expect(aws.calls.map(({ name }) => name).toSorted()).toEqual([...aws.answers.keys()].toSorted());
  expect(notes(world)).toEqual([]);
  expect(world.printed.join("\n")).not.toContain("Existing in the account");
});

test("disabled services are printed before the first layer, and do not stop the run", async () => {
  const { world, aws } = sound();
  aws.answers.set("guardduty ListDetectors", { DetectorIds: [] });
  aws.answers.set("ec2 GetEbsEncryptionByDefault", { EbsEncryptionByDefault: false });
  aws.answers.set("cloudtrail DescribeTrails", {
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
    "securityhub DescribeHub",
    awsError("InvalidAccessException", "Account 123456789012 is not subscribed to AWS Security Hub"),
  );
  aws.refusals.set(
    "s3-control GetPublicAccessBlock",
    awsError("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
  );
  expect(await plan(world)).toBe(0);
  expect(notes(world)).toEqual([
    expect.stringMatching(/^GuardDuty is off in us-west-2: .*create-detector --enable --region us-west-2$/),
    expect.stringMatching(/^Security Hub is off in us-west-2: .*enable-security-hub --region us-west-2$/),
    expect.stringMatching(
      /^New disks in us-west-2 are not encrypted by default; .*layers\.account: { enabled: true }/,
    ),
    expect.stringMatching(
      /^Nothing keeps buckets of the account from being public; .*set layers\.account: { enabled: true }/,
    ),
    expect.stringMatching(
      /the organisation's trail "everybody" too: .*layers\.audit\.trail: { enabled: false/,
    ),
  ]);
  expect(world.printed.findIndex((line) => line.startsWith("Existing in the account  "))).toBeLessThan(
    world.printed.findIndex((line) => line.startsWith("cellar  ")),
  );
});

test("apply prints the same as plan", async () => {
  const { world, aws } = sound();
  aws.answers.set("guardduty ListDetectors", { DetectorIds: [] });
  expect(await run(world, "--env dev --yes --only account", [cellar, account])).not.toBe(0);
  expect(notes(world)).toHaveLength(1);
});

test("only the layers of this run are checked", async () => {
  const { world, aws } = sound();
  await plan(world, " --only cellar");
  expect(aws.names).toEqual([]);
  await plan(world, " --only audit");
  expect(aws.names).toEqual(["s3 ListBuckets", "cloudtrail DescribeTrails"]);
});

test.each(["outputs --env dev", "outputs --env dev --json", "capacity --env dev", "iam --env dev"])(
  "%s asks AWS nothing",
  async (commandLine) => {
    const { world, aws } = sound();
    await run(world, commandLine, layers);
    expect(aws.names).toEqual([]);
  },
);

test("every check has a timeout, and uses the environment's region and the run's environment variables", async () => {
  const { world, aws } = sound();
  await plan(world);
  expect(aws.calls.length).toBeGreaterThan(5);
  for (const { request } of aws.calls.filter(({ name }) => name !== "sts GetCallerIdentity"))
    expect(request).toMatchObject({
      region: "us-west-2",
      patience: "question",
      environment: { AWS_PROFILE: "dev", TF_IN_AUTOMATION: "1" },
    });
});

test("failed checks are one line for each reason", async () => {
  const { world, aws } = sound();
  const late = Object.assign(new Error("too late"), { name: "TimeoutError" });
  const unreachable = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:3128"), {
    code: "ECONNREFUSED",
  });
  aws.refusals.set(
    "securityhub DescribeHub",
    awsError("AccessDeniedException", "User is not authorized to perform: securityhub:DescribeHub"),
  );
  aws.refusals.set("guardduty GetDetector", unreachable);
  aws.refusals.set("cloudtrail DescribeTrails", unreachable);
  aws.refusals.set("ec2 GetEbsEncryptionByDefault", late);
  aws.answers.set("s3-control GetPublicAccessBlock", { Surprise: true });
  expect(await plan(world)).toBe(0);
  expect(notes(world)).toEqual([
    "Not checked: GuardDuty, other trails; AWS cannot be reached, connect ECONNREFUSED 127.0.0.1:3128",
    'Not checked: Security Hub; AWS says "AccessDeniedException: User is not authorized to perform: securityhub:DescribeHub"',
    "Not checked: encryption of new disks; AWS did not answer in time",
    `Not checked: the account's block of public buckets; the check gave no result, "AWS sent no PublicAccessBlockConfiguration"`,
  ]);
});

describe("a layer of an extension", () => {
  const base = { name: "curious", summary: "Asks", needs: {}, outputs: {}, build: () => ({}) };
  const settings = z.strictObject({ wanted: z.string().default("blue").describe("colour") });
  const subject = { about: "the colour", actions: ["paint:GetColour"] };
  const now = defineLayer({
    ...base,
    settings,
    survey: ({ environment, settings: { wanted } }) => [
      {
        ...subject,
        arguments: ["paint", "get-colour"],
        finding: (answer) => `${environment.name} is ${JSON.stringify(answer)}, not ${wanted}`,
        findingOnRefusal: ({ code, message }) => `no colour: ${code}, ${message}`,
      },
    ],
  });
  /** As extensions stated it before. */
  const earlier = defineLayer({
    ...base,
    settings,
    survey: ({ environment, settings: { wanted } }) => [
      {
        ...subject,
        words: ["paint", "get-colour"],
        tell: (answer) => `${environment.name} is ${JSON.stringify(answer)}, not ${wanted}`,
        tellRefusal: (said) => (/NoPaint/.test(said) ? `no colour: ${said}` : undefined),
      },
    ],
  });

  test.each([
    ["arguments", now],
    ["words, as before", earlier],
  ])("asks through the AWS CLI by %s", async (_, curious) => {
    const { world, aws } = sound();
    aws.answers.set("paint get-colour", "red");
    await run(world, "plan --env dev", [cellar, curious]);
    expect(notes(world)).toEqual(['dev is "red", not blue']);
    expect(aws.commands.map(({ program, arguments: given }) => [program, ...given])).toEqual([
      ["aws", "paint", "get-colour", "--cli-connect-timeout", "5", "--cli-read-timeout", "10"].concat(
        ...["--region", "us-west-2", "--output", "json"],
      ),
    ]);
    expect(aws.commands[0]).toMatchObject({ timeoutSeconds: 20, environment: { AWS_MAX_ATTEMPTS: "1" } });
  });

  test.each([
    ["a refusal that is the answer", now, "no colour: NoPaint, dried up"],
    ["a refusal that is the answer, as before", earlier, "no colour: NoPaint: dried up"],
  ])("understands %s", async (_, curious, note) => {
    const { world, aws } = sound();
    const stderr = "\nAn error occurred (NoPaint) when calling the GetColour operation: dried up\n";
    aws.endings.set("paint get-colour", { exitCode: 254, stderr });
    await run(world, "plan --env dev", [cellar, curious]);
    expect(notes(world)).toEqual([note]);
  });

  test.each([
    "aws: [ERROR]: An error occurred (NoPaint) when calling the GetColour operation: dried up",
    "aws: [ERROR]: An error occurred (NoPaint) when calling the GetColour operation (reached max retries: 0): dried up",
    "aws: [ERROR]: An error occurred (NoPaint) when calling the GetColour operation: dried up\n\nAdditional error details:\nTin: empty",
  ])("understands a refusal of newer versions of the AWS CLI: %s", async (stderr) => {
    const { world, aws } = sound();
    aws.endings.set("paint get-colour", { exitCode: 254, stderr: `\n${stderr}\n` });
    await run(world, "plan --env dev", [cellar, now]);
    expect(notes(world)).toEqual(["no colour: NoPaint, dried up"]);
    expect(aws.commands[0]).toMatchObject({ environment: { AWS_CLI_ERROR_FORMAT: "legacy" } });
  });

  test.each([
    [{ exitCode: 127 }, 'Not checked: the colour; no program "aws" is on the PATH'],
    [{ exitCode: 128 }, "Not checked: the colour; AWS did not answer in time"],
    [
      { exitCode: 255, stderr: "Unable to locate credentials" },
      'Not checked: the colour; there are no valid AWS credentials, "Unable to locate credentials"',
    ],
    [
      {
        exitCode: 253,
        stderr: "aws: [ERROR]: An error occurred (NoCredentials): Unable to locate credentials",
      },
      'Not checked: the colour; there are no valid AWS credentials, "Unable to locate credentials"',
    ],
    [
      { exitCode: 252, stderr: "aws: [ERROR]: Unknown options: --colour" },
      "no colour: , Unknown options: --colour",
    ],
    [
      { exitCode: 254, stderr: "An error occurred (ThrottlingException) when calling it: slow down" },
      'Not checked: the colour; AWS says "ThrottlingException: slow down"',
    ],
    [
      { exitCode: 255, stderr: 'Could not connect to the endpoint URL: "https://paint/"' },
      'Not checked: the colour; AWS cannot be reached, Could not connect to the endpoint URL: "https://paint/"',
    ],
    [
      { exitCode: 254, stderr: "An error occurred (503) when calling the GetColour operation: Unavailable" },
      'Not checked: the colour; AWS says "503: Unavailable"',
    ],
    [
      {
        exitCode: 255,
        stderr: "Unable to parse response (syntax error: line 1, column 0), invalid XML received",
      },
      "Not checked: the colour; AWS cannot be reached, Unable to parse response (syntax error: line 1, column 0), invalid XML received",
    ],
    [
      { stdout: "It is red" },
      'Not checked: the colour; the check gave no result, "the output of the AWS CLI is not JSON"',
    ],
  ])("goes on when the AWS CLI ends with %o", async (ending, note) => {
    const { world, aws } = sound();
    aws.endings.set("paint get-colour", ending);
    await run(world, "plan --env dev", [cellar, now]);
    expect(notes(world)).toEqual([note]);
  });

  test("has its actions among the deployer's rights", async () => {
    const world = new FakeWorld();
    await run(world, "iam --env dev", [cellar, now]);
    expect(world.printed.join("\n")).toContain('"paint:GetColour"');
  });
});

test("objects that remain after a cluster is destroyed are printed with the command that deletes them", async () => {
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
  aws.answers.set("s3 ListObjectsV2", {});
  aws.answers.set("ec2 DescribeVolumes", {
    Volumes: [
      { VolumeId: "vol-1", Size: 20 },
      { VolumeId: "vol-2", Size: 40 },
    ],
  });
  const commandLine = "destroy --env dev --yes --confirm dev --allow-data-loss cellar";
  expect(await run(world, commandLine, both)).toBe(0);
  const filters = "Name=tag:environment,Values=dev Name=tag:ebs.csi.aws.com/cluster,Values=true";
  expect(world.printed.slice(-2)).toEqual([
    "Left in the account  what Terraform did not create, and so did not destroy",
    `  2 volumes of pods are left, 60 GiB, with the data of pods; to delete them, run: aws ec2 describe-volumes --filters ${filters} --region us-west-2 --query 'Volumes[].[VolumeId]' --output text | xargs -n 1 aws ec2 delete-volume --region us-west-2 --volume-id`,
  ]);
});
