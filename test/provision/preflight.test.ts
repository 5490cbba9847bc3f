import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type AnyLayer, defineLayer } from "../../lib/layer/layer";
import { type AwsCall, awsCall } from "../../lib/layer/aws-call";
import { preflight, type Preflight } from "../../lib/layer/preflight";
import { awsSdk } from "../../scripts/provision/world/aws";
import type { AwsRequest, Command } from "../../scripts/provision/world/index";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar, toyEnvironment, toys } from "./toys";

const again = "npx ts-node scripts/provision.ts";

function world(): { world: FakeWorld; aws: FakeAws } {
  const world = new FakeWorld();
  return { world, aws: new FakeAws(world) };
}

/** A layer that lets nothing start before this check has passed. */
const careful = (...checks: readonly Preflight[]) =>
  defineLayer({
    name: "careful",
    summary: "Checks",
    settings: z.strictObject({}),
    needs: {},
    outputs: {},
    preflight: () => checks,
    build: () => ({}),
  });

const keyFree = preflight({
  about: "detectors",
  call: awsCall("guardduty", "ListDetectors", {}),
  actions: ["guardduty:ListDetectors"],
  verdict: ({ DetectorIds = [] }) =>
    DetectorIds.length === 0 ? undefined : { reason: "a detector is in the way", cure: "Remove it" },
});

test.each(["plan --env dev", "--env dev --yes"])(
  "%s stops before the first layer with credentials of another account",
  async (commandLine) => {
    const { world: wrong, aws } = world();
    const Arn = "arn:aws:sts::999999999999:assumed-role/Ops/op";
    aws.answers.set("sts GetCallerIdentity", { Account: "999999999999", Arn });
    const shown = commandLine === "plan --env dev" ? `${again} plan --env dev` : `${again} --env dev --yes`;
    expect(await run(wrong, commandLine)).toMatchObject({
      message: `Cannot ${commandLine.startsWith("plan") ? "plan" : "apply"} "dev": the credentials belong to account "999999999999" (${Arn}), the environment to "123456789012"`,
      hint: `Sign in to account 123456789012, e.g. with AWS_PROFILE or aws sso login; or correct "account" in the environment file; then run: ${shown}`,
      exitCode: 4,
    });
    expect(wrong.ran).toEqual([]);
  },
);

test.each([
  ["ExpiredToken", "The security token included in the request is expired"],
  ["CredentialsProviderError", "Could not load credentials from any providers"],
])("credentials that AWS does not accept stop it too: %s", async (code, message) => {
  const { world: signedOut, aws } = world();
  aws.refusals.set("sts GetCallerIdentity", awsError(code, message));
  expect(await run(signedOut, "plan --env dev")).toMatchObject({
    message: `Cannot plan "dev": there are no valid AWS credentials, "${code}: ${message}"`,
    exitCode: 4,
  });
});

test("credentials are not accepted, too, in a region that the account has not enabled", async () => {
  const { world: elsewhere, aws } = world();
  elsewhere.texts.set("configs/dev.yaml", toyEnvironment.replaceAll("us-west-2", "ap-east-1"));
  const message = "The security token included in the request is invalid";
  aws.refusals.set("sts GetCallerIdentity", awsError("InvalidClientTokenId", message, 403));
  expect(await run(elsewhere, "plan --env dev")).toMatchObject({
    hint: `Sign in to account 123456789012, e.g. with AWS_PROFILE or aws sso login; and enable "ap-east-1" in this account: until then it refuses all credentials (https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html); then run: ${again} plan --env dev`,
  });
});

test.each([
  ["RequestTimeTooSkewed", "The difference between the request time and the current time is too large."],
  ["SignatureDoesNotMatch", "Signature expired: 20251126T040000Z is now earlier than 20251126T044500Z"],
  [
    "InvalidSignatureException",
    "Signature not yet current: 20251126T060000Z is still later than 20251126T0515",
  ],
])("a clock that is wrong stops it with a hint of its own: %s", async (code, message) => {
  const { world: late, aws } = world();
  aws.refusals.set("sts GetCallerIdentity", awsError(code, message, 403));
  expect(await run(late, "plan --env dev")).toMatchObject({
    message: `Cannot plan "dev": the clock of this machine differs from that of AWS, "${code}: ${message}"`,
    hint: `Set the clock of this machine, e.g. by NTP; then run: ${again} plan --env dev`,
    exitCode: 4,
  });
});

test.each([
  [awsError("InternalFailure", "not implemented", 501), 'AWS says "InternalFailure: not implemented"'],
  [awsError("ServiceUnavailable", "try again", 503), 'AWS says "ServiceUnavailable: try again"'],
  [
    awsError("NotFound", "UnknownError", 404),
    "AWS cannot be reached, something else answered, with HTTP status 404",
  ],
  [awsError("AccessDenied", "explicit deny", 403), 'AWS says "AccessDenied: explicit deny"'],
  [awsError("RegionDisabledException", "not active", 403), 'AWS says "RegionDisabledException: not active"'],
])("an error that says nothing of the credentials does not stop it: %s", async (refusal, because) => {
  const { world: proxied, aws } = world();
  aws.refusals.set("sts GetCallerIdentity", refusal);
  expect(await run(proxied, "plan --env dev")).toBe(0);
  expect(proxied.printed).toContain(`  Not checked: the account of the credentials; ${because}`);
});

test("a network that is down is left to Terraform to report", async () => {
  const { world: offline, aws } = world();
  const down = Object.assign(new Error("getaddrinfo ENOTFOUND sts"), { code: "ENOTFOUND" });
  aws.refusals.set("sts GetCallerIdentity", down);
  expect(await run(offline, "plan --env dev")).toBe(0);
  expect(offline.printed).toContain(
    "  Not checked: the account of the credentials; AWS cannot be reached, getaddrinfo ENOTFOUND sts",
  );
});

test("all failed checks of the selected layers are reported together, each with its fix", async () => {
  const { world: blocked, aws } = world();
  aws.answers.set("sts GetCallerIdentity", { Account: "999999999999", Arn: "arn:x" });
  aws.answers.set("guardduty ListDetectors", { DetectorIds: ["d1"] });
  const layers = [cellar, careful(keyFree)];
  expect(await run(blocked, "plan --env dev", layers)).toMatchObject({
    message: [
      'Cannot plan "dev": 2 preflight checks failed; nothing was changed',
      '  the credentials belong to account "999999999999" (arn:x), the environment to "123456789012"',
      '    Sign in to account 123456789012, e.g. with AWS_PROFILE or aws sso login; or correct "account" in the environment file',
      "  a detector is in the way",
      "    Remove it",
    ].join("\n"),
    hint: `Correct all of them, then run: ${again} plan --env dev`,
    exitCode: 4,
  });
  aws.answers.set("sts GetCallerIdentity", { Account: "123456789012" });
  expect(await run(blocked, "plan --env dev --only cellar", layers)).toBe(0);
});

test("a check without permission is printed, and does not stop the run", async () => {
  const { world: limited, aws } = world();
  aws.refusals.set("guardduty ListDetectors", awsError("AccessDeniedException", "not authorized"));
  expect(await run(limited, "plan --env dev", [cellar, careful(keyFree)])).toBe(0);
  expect(limited.printed).toContain(
    '  Not checked: detectors; AWS says "AccessDeniedException: not authorized"',
  );
});

/** An extension's check of a colour, by the AWS CLI. */
const colour = (more: Pick<Preflight, "verdict"> & Partial<Preflight>): Preflight => ({
  ...{ about: "the colour", arguments: ["paint", "get-colour"], actions: ["paint:GetColour"] },
  ...more,
});

test("a check may find several hindrances, or none", async () => {
  const { world: painted } = world();
  const wrong = (reason: string) => ({ reason, cure: "Paint it" });
  const two = colour({ verdict: () => [wrong("it is red"), wrong("it is dark")] });
  const outcome = await run(painted, "plan --env dev", [cellar, careful(two)]);
  expect(outcome).toHaveProperty("message", expect.stringContaining("2 preflight checks failed"));
  expect(outcome).toHaveProperty(
    "message",
    expect.stringContaining("  it is red\n    Paint it\n  it is dark"),
  );
  expect(await run(painted, "plan --env dev", [cellar, careful(colour({ verdict: () => [] }))])).toBe(0);
});

test("an answer may lead to a further check, whose own failure leaves what is certain", async () => {
  const { world: painted, aws } = world();
  const otherwise = { reason: "the colour is wrong", cure: "Paint it" };
  const shade = {
    arguments: ["paint", "get-shade"],
    verdict: (answer: unknown) => ({ reason: `the shade is ${JSON.stringify(answer)}`, cure: "Mix it" }),
    otherwise,
  };
  const layers = [cellar, careful(colour({ verdict: () => shade }))];
  aws.answers.set("paint get-shade", "dark");
  expect(await run(painted, "plan --env dev", layers)).toMatchObject({
    message: 'Cannot plan "dev": the shade is "dark"',
  });
  aws.endings.set("paint get-shade", { exitCode: 127 });
  expect(await run(painted, "plan --env dev", layers)).toMatchObject({
    message: 'Cannot plan "dev": the colour is wrong',
  });
});

test("an error may be the answer that lets a run start", async () => {
  const { world: bare, aws } = world();
  const stderr = "An error occurred (NoSuchColour) when calling the GetColour operation: none";
  aws.endings.set("paint get-colour", { exitCode: 254, stderr });
  const verdict = () => ({ reason: "it has a colour", cure: "Remove it" });
  const free = colour({
    verdict,
    verdictOnRefusal: ({ code }) => (code === "NoSuchColour" ? "passed" : undefined),
  });
  expect(await run(bare, "plan --env dev", [cellar, careful(free)])).toBe(0);
  expect(bare.printed.join("\n")).not.toContain("Not checked: the colour");
});

test("an extension may check through the AWS CLI", async () => {
  const { world: painted, aws } = world();
  aws.answers.set("paint get-colour", { colour: "red" });
  const check: Preflight = {
    about: "the colour",
    arguments: ["paint", "get-colour"],
    actions: ["paint:GetColour"],
    verdict: (answer) => ({ reason: `the colour is ${JSON.stringify(answer)}`, cure: "Paint it" }),
  };
  expect(await run(painted, "plan --env dev", [cellar, careful(check)])).toMatchObject({
    message: 'Cannot plan "dev": the colour is {"colour":"red"}',
    hint: `Paint it; then run: ${again} plan --env dev`,
  });
  await run(painted, "iam --env dev", [cellar, careful(check)]);
  expect(painted.printed.join("\n")).toContain('"paint:GetColour"');
});

test("output of the AWS CLI that is not JSON does not stop the run", async () => {
  const { world: odd, aws } = world();
  aws.endings.set("paint get-colour", { stdout: "It is red" });
  const check: Preflight = {
    ...{ about: "the colour", arguments: ["paint", "get-colour"], actions: [] },
    verdict: () => undefined,
  };
  expect(await run(odd, "plan --env dev", [cellar, careful(check)])).toBe(0);
  expect(odd.printed).toContain(
    '  Not checked: the colour; the check gave no result, "the output of the AWS CLI is not JSON"',
  );
});

describe("layers that reach a server in the VPC", () => {
  const reaching: AnyLayer = {
    ...careful(),
    reaches: { layer: "cluster", url: "endpoint", authority: "authority", variable: "endpoint" },
  };
  /** A machine without these programs. */
  function without(...programs: readonly string[]): FakeWorld {
    const { world: bare } = world();
    const others = bare.processes.run.bind(bare.processes);
    Object.assign(bare.processes, {
      run: (command: Command) =>
        command.arguments[0] === "--version"
          ? Promise.resolve({
              exitCode: programs.includes(command.program) ? 127 : 0,
              stdout: "",
              stderr: "",
            })
          : others(command),
    });
    return bare;
  }

  test("need the AWS CLI, before the first layer", async () => {
    expect(await run(without("aws"), "plan --env dev", [cellar, reaching])).toMatchObject({
      message: 'Cannot plan "dev": there is no "aws" on the PATH, which "careful" needs',
      hint: expect.stringMatching(/^Install the AWS CLI with its Session Manager plugin: https:/) as string,
      exitCode: 4,
    });
    expect(await run(without("aws"), "plan --env dev --only cellar", [cellar, reaching])).toBe(0);
  });

  test("need its plugin unless this machine reaches the server by itself, so that it is only named", async () => {
    const bare = without("session-manager-plugin");
    expect(await run(bare, "plan --env dev", [cellar, reaching])).toBe(0);
    expect(bare.printed.join("\n")).toContain(
      'There is no "session-manager-plugin" on the PATH, which "careful" needs',
    );
    const equipped = without();
    expect(await run(equipped, "plan --env dev", [cellar, reaching])).toBe(0);
    expect(equipped.printed.join("\n")).not.toContain("on the PATH");
  });
});

test("an answer without an account, as of a page with status 200, is not taken for another account", async () => {
  const { world: captive, aws } = world();
  aws.answers.set("sts GetCallerIdentity", {});
  expect(await run(captive, "plan --env dev")).toBe(0);
  expect(captive.printed).toContain(
    '  Not checked: the account of the credentials; the check gave no result, "AWS sent no Account"',
  );
});

test("what the SDK cannot be set up with does not stop the run", async () => {
  const { world: odd } = world();
  const environment = { AWS_DEFAULTS_MODE: "foo", AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s" };
  Object.assign(odd.aws, {
    send: (call: AwsCall, request: AwsRequest) => awsSdk().send(call, { ...request, environment }),
  });
  expect(await run(odd, "plan --env dev")).toBe(0);
  expect(odd.printed).toContainEqual(
    expect.stringMatching(
      /^ {2}Not checked: the account of the credentials; the check gave no result, "Invalid parameter for "defaultsMode"/,
    ),
  );
});

test.each(["outputs --env dev", "destroy --env dev --yes --confirm dev", "iam --env dev"])(
  "%s is not checked",
  async (commandLine) => {
    const { world: other, aws } = world();
    aws.answers.set("s3 ListObjectsV2", {});
    await run(other, commandLine, toys);
    expect(aws.calls.map(({ name }) => name)).not.toContain("sts GetCallerIdentity");
  },
);
