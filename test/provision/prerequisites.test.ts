import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type AnyLayer, defineLayer } from "../../lib/layer/layer";
import type { AwsCall } from "../../lib/layer/aws-call";
import { layers } from "../../modules";
import { awsSdk } from "../../scripts/provision/world/aws";
import type { AwsRequest } from "../../scripts/provision/world/index";
import { environmentFiles } from "../environments/files";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar, toyEnvironment, toys } from "./toys";

const root = join(__dirname, "../..");
const again = "npx ts-node scripts/provision.ts plan --env dev";
const config = "/home/op/.aws/config";
const install = "https://developer.hashicorp.com/terraform/install";

/** A machine with these variables besides PATH and HOME, and these profiles. */
function machine(variables: Readonly<Record<string, string>> = {}, profiles = "") {
  const world = new FakeWorld();
  const aws = new FakeAws(world);
  world.environment = { PATH: "/bin", HOME: "/home/op", ...variables };
  world.home.set(config, profiles);
  return { world, aws };
}

/** The same world with an environment file for the built-in layers. */
function furnished(world: FakeWorld): FakeWorld {
  world.texts.set("configs/dev.yaml", readFileSync(join(root, environmentFiles.dev), "utf8"));
  return world;
}

/** A machine that is signed in to the account as profile "dev". */
function signedIn() {
  const world = new FakeWorld();
  return { world, aws: new FakeAws(world) };
}

const keys = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };
const ops = { AWS_PROFILE: "ops" };
const sso = (name: string, account: string) =>
  `[profile ${name}]\nsso_session = corp\nsso_account_id = ${account}\nsso_role_name = admin\n`;
const expired = awsError("ExpiredToken", "The security token included in the request is expired");
const noProvider = (message: string) =>
  Object.assign(new Error(message), { name: "CredentialsProviderError" });

describe("Terraform", () => {
  test.each([
    [
      { exitCode: 127, stderr: "/bin/terraform: 1: garbage: not found\n" },
      '"terraform" cannot be started, /bin/terraform: 1: garbage: not found',
    ],
    [
      { exitCode: 127 },
      '"terraform" cannot be started, because the program that its first line names is missing',
    ],
    [
      { exitCode: 126, stderr: 'Cannot start "terraform": spawn EACCES\n' },
      '"terraform" cannot be started, spawn EACCES',
    ],
    [{ exitCode: 128, seconds: 10 }, '"terraform version" does not end within 10 seconds'],
  ])("that is there but does not run is said to be: %j", async (ended, reason) => {
    const { world } = signedIn();
    const finished = { stdout: "", stderr: "", seconds: 0, ...ended };
    Object.assign(world.processes, { run: () => Promise.resolve(finished) });
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: `Cannot plan "dev": ${reason}`,
      exitCode: 4,
    });
  });

  const later = `Install Terraform 1.11 or later (${install}), set TERRAFORM_BINARY_NAME, or let --install-tools fetch OpenTofu 1.12.6`;

  test.each([
    ["", 'there is no "terraform" on the PATH'],
    ["1.10.5", '"terraform" is version 1.10.5, but state locking in S3 requires 1.11.0 or later'],
  ])("%j is refused before anything is written", async (version, reason) => {
    const { world } = signedIn();
    world.version = version;
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: `Cannot plan "dev": ${reason}`,
      hint: `${later}; then run: ${again}`,
      exitCode: 4,
    });
    expect([...world.texts.keys()]).toEqual(["configs/dev.yaml"]);
  });

  test.each([
    [126, "", 'Cannot start "terraform": spawn E2BIG\n', '"terraform" cannot be started, spawn E2BIG'],
    [
      1,
      "",
      "No versions of terraform installed\n",
      '"terraform version -json" prints no version, but "No versions of terraform installed"',
    ],
    [
      0,
      "Terraform v1.11.4\non linux",
      "",
      '"terraform version -json" prints no version, but "Terraform v1.11.4"',
    ],
    [128, "", "", '"terraform version -json" prints no version, but ""'],
  ])("that ends with %i is refused with the reason", async (exitCode, ...[stdout, stderr, reason]) => {
    const { world } = signedIn();
    Object.assign(world.processes, { run: () => Promise.resolve({ exitCode, stdout, stderr, seconds: 0 }) });
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: `Cannot plan "dev": ${reason}`,
      exitCode: 4,
    });
  });

  test.each([
    ["rollout", "watch the rollout of"],
    ["outputs", "print the outputs of"],
    ["databases", "repair the databases of"],
    ["tunnel", "open tunnels to"],
    ["destroy", "destroy"],
  ])("is missed by %s, which says what it cannot do", async (command, verb) => {
    const { world } = signedIn();
    world.version = "";
    expect(await run(world, `${command} --env dev`)).toMatchObject({
      message: `Cannot ${verb} "dev": there is no "terraform" on the PATH`,
    });
  });

  test("is missed by a rehearsal before the simulated account is started", async () => {
    const { world } = signedIn();
    world.version = "";
    expect(await run(world, "rehearse --env dev")).toMatchObject({
      message: 'Cannot rehearse "dev": there is no "terraform" on the PATH',
    });
  });
});

describe("without credentials", () => {
  const missing =
    'Cannot plan "dev": there are no AWS credentials: no AWS_ACCESS_KEY_ID, no profile, and no role of an instance';

  test.each([
    [
      "no profile",
      "",
      "Run: aws configure sso --profile dev && export AWS_PROFILE=dev; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ],
    [
      "a profile of the account",
      sso("of dev", "123456789012"),
      "Run: aws sso login --profile 'of dev' && export AWS_PROFILE='of dev'",
    ],
    [
      "a role of the account",
      "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/op\nsource_profile = x\n",
      "Run: export AWS_PROFILE=role",
    ],
    [
      "other profiles",
      `${sso("a", "1")}${sso("b", "2")}`,
      "Set AWS_PROFILE to a profile for account 123456789012 (configured: a, b)",
    ],
    [
      "a default profile that only has a region",
      "[default]\nregion = us-west-2\n",
      "Set AWS_PROFILE to a profile for account 123456789012 (configured: default)",
    ],
  ])("and %s, a run does not start, and AWS is not asked", async (_, profiles, cure) => {
    const { world, aws } = machine({}, profiles);
    world.hasRole = false;
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: missing,
      hint: `${cure}; then run: ${again}`,
      exitCode: 4,
    });
    expect(aws.calls).toEqual([]);
    expect(world.ran).toEqual([]);
    expect(world.printed).toEqual([]);
  });

  test("an instance is asked for its role, unless that is disabled", async () => {
    expect(await run(machine().world, "plan --env dev")).toBe(0);
    const disabled = machine({ AWS_EC2_METADATA_DISABLED: "true" });
    expect(await run(disabled.world, "plan --env dev")).toHaveProperty("message", missing);
    const elsewhere = machine({ AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://[fd00:ec2::254]" });
    elsewhere.world.hasRole = false;
    expect(await run(elsewhere.world, "plan --env dev")).toBe(0);
  });

  test("and without Terraform, a command that reads the state bucket needs credentials alone", async () => {
    const { world, aws } = machine();
    world.hasRole = false;
    world.version = "";
    expect(await run(world, "status --env dev")).toMatchObject({
      message: missing.replace("plan", "print the status of"),
      hint: expect.stringMatching(
        /^Run: aws configure sso --profile dev .*; then run: .* status --env dev$/,
      ) as string,
    });
    expect(aws.calls).toEqual([]);
  });

  test("the same is said when only the first request shows that there are none", async () => {
    const { world, aws } = machine();
    aws.refusals.set("s3 ListObjectsV2", noProvider("Could not load credentials from any providers"));
    expect(await run(world, "status --env dev")).toMatchObject({
      message: missing.replace("plan", "print the status of"),
      hint: expect.stringMatching(
        /^Run: aws configure sso --profile dev .*; then run: .* status --env dev$/,
      ) as string,
      exitCode: 4,
    });
  });

  test("an instance without a role is told apart from one whose role is refused", async () => {
    const { world, aws } = machine();
    aws.refusals.set("sts GetCallerIdentity", noProvider("Could not load credentials from any providers"));
    expect(await run(world, "plan --env dev")).toHaveProperty("message", missing);
  });

  test.each([
    ["", 'profile "ops" (AWS_PROFILE) does not exist', "Run: aws configure sso --profile ops"],
    [
      sso("prod", "1"),
      'profile "ops" (AWS_PROFILE) does not exist',
      "Set AWS_PROFILE to a profile for account 123456789012 (configured: prod)",
    ],
    [
      "[profile ops]\nregion = us-west-2\n",
      'profile "ops" (AWS_PROFILE) has no credentials',
      "Run: aws configure sso --profile ops",
    ],
    [
      "[profile ops]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = base\n",
      'profile "base", the source_profile of profile "ops" (AWS_PROFILE), does not exist',
      "Set AWS_PROFILE to a profile for account 123456789012 (configured: ops)",
    ],
    [
      "[profile ops]\nlogin_session = arn:aws:iam::123456789012:user/op\n",
      'profile "ops" (AWS_PROFILE) signs in with aws login, which Terraform\'s AWS provider does not support',
      'Run: aws configure set credential_process "aws configure export-credentials --profile ops --format process" --profile ops-process && export AWS_PROFILE=ops-process',
    ],
  ])("of a profile that is named, a run does not start: %j", async (profiles, reason, cure) => {
    const { world, aws } = machine(ops, profiles);
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: `Cannot plan "dev": ${reason}`,
      hint: `${cure}; then run: ${again}`,
    });
    expect(aws.calls).toEqual([]);
  });
});

describe("credentials that are not accepted", () => {
  test.each<[string, Readonly<Record<string, string>>, string, string, string]>([
    [
      "keys",
      keys,
      "",
      "the keys in AWS_ACCESS_KEY_ID",
      "Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN to valid credentials for account 123456789012, or unset them and set AWS_PROFILE",
    ],
    [
      "keys beside a profile",
      { ...keys, ...ops },
      "",
      "the keys in AWS_ACCESS_KEY_ID, which takes precedence over AWS_PROFILE",
      "Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN to valid credentials for account 123456789012, or unset them and set AWS_PROFILE",
    ],
    [
      "a profile of SSO",
      ops,
      sso("ops", "123456789012"),
      'profile "ops" (AWS_PROFILE)',
      "Run: aws sso login --profile ops",
    ],
    [
      "another variable",
      { AWS_DEFAULT_PROFILE: "ops" },
      sso("ops", "1"),
      'profile "ops" (AWS_DEFAULT_PROFILE)',
      "Run: aws sso login --profile ops",
    ],
    [
      "the default profile",
      {},
      "[default]\nsso_start_url = https://x\n",
      'profile "default"',
      "Run: aws sso login --profile default",
    ],
    [
      "a role of another profile",
      ops,
      `[profile ops]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = base\n${sso("base", "1")}`,
      'profile "ops" (AWS_PROFILE)',
      "Run: aws sso login --profile base",
    ],
    [
      "keys in a file",
      ops,
      "# mine\n[profile ops]\naws_access_key_id = AKIA\ns3 =\n  sso_session = no\n",
      'profile "ops" (AWS_PROFILE)',
      "Replace the keys, run: aws configure --profile ops",
    ],
    [
      "a program",
      ops,
      "[profile ops]\ncredential_process = vault\n",
      'profile "ops" (AWS_PROFILE)',
      'Run the credential_process of profile "ops" to see its error',
    ],
    [
      "a token of CI",
      { AWS_WEB_IDENTITY_TOKEN_FILE: "/run/token" },
      "",
      "the token in AWS_WEB_IDENTITY_TOKEN_FILE",
      'Renew the token in "/run/token"',
    ],
    [
      "a token of a profile",
      ops,
      "[profile ops]\nweb_identity_token_file = /run/t\n",
      'profile "ops" (AWS_PROFILE)',
      'Renew the token in "/run/t"',
    ],
    [
      "a container",
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://localhost/x" },
      "",
      "the role of this container",
      "Check the role of this machine",
    ],
  ])("are named with what renews them: %s", async (_, ...[variables, profiles, name, cure]) => {
    const { world, aws } = machine(variables, profiles);
    aws.refusals.set("sts GetCallerIdentity", expired);
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: `Cannot plan "dev": AWS does not accept ${name}, "ExpiredToken: The security token included in the request is expired"`,
      hint: `${cure}; then run: ${again}`,
      exitCode: 4,
    });
  });

  test("are read from the files that variables name, and from both files", async () => {
    const variables = {
      ...ops,
      AWS_CONFIG_FILE: "~/config",
      AWS_SHARED_CREDENTIALS_FILE: "/etc/credentials",
    };
    const { world, aws } = machine(variables);
    world.home.set("/home/op/config", "[profile ops]\nregion = us-west-2\n");
    world.home.set("/etc/credentials", "[ops]\naws_access_key_id = AKIA\n");
    aws.refusals.set("sts GetCallerIdentity", expired);
    expect(await run(world, "plan --env dev")).toHaveProperty(
      "hint",
      `Replace the keys, run: aws configure --profile ops; then run: ${again}`,
    );
  });

  test.each([
    [
      noProvider(
        "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
      ),
      'provides no credentials, "Token is expired."',
    ],
    [
      noProvider(
        "The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.",
      ),
      'provides no credentials, "The SSO session associated with this profile has expired."',
    ],
    [
      Object.assign(new Error("no answer within 60 seconds"), { name: "TimeoutError" }),
      "did not provide credentials, no answer within 60 seconds",
    ],
  ])("are those that never came: %s", async (error, reason) => {
    const { world, aws } = signedIn();
    aws.refusals.set("sts GetCallerIdentity", error);
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: `Cannot plan "dev": profile "dev" (AWS_PROFILE) ${reason}`,
      hint: `Run: aws sso login --profile dev; then run: ${again}`,
    });
  });

  test("may be those of a region that the account has not enabled", async () => {
    const { world, aws } = signedIn();
    world.texts.set("configs/dev.yaml", toyEnvironment.replaceAll("us-west-2", "ap-east-1"));
    aws.refusals.set(
      "sts GetCallerIdentity",
      awsError("InvalidClientTokenId", "The security token included in the request is invalid", 403),
    );
    expect(await run(world, "plan --env dev")).toMatchObject({
      hint: `Run: aws sso login --profile dev; and enable "ap-east-1" in this account: until then it refuses all credentials (https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html); then run: ${again}`,
    });
  });

  test.each([
    ["RequestTimeTooSkewed", "The difference between the request time and the current time is too large."],
    ["SignatureDoesNotMatch", "Signature expired: 20251126T040000Z is now earlier than 20251126T044500Z"],
    [
      "InvalidSignatureException",
      "Signature not yet current: 20251126T060000Z is still later than 20251126T0515",
    ],
  ])("because of a wrong clock have a hint of their own: %s", async (code, message) => {
    const { world, aws } = signedIn();
    aws.refusals.set("sts GetCallerIdentity", awsError(code, message, 403));
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: `Cannot plan "dev": the clock of this machine differs from that of AWS, "${code}: ${message}"`,
      hint: `Set the clock of this machine, e.g. by NTP; then run: ${again}`,
      exitCode: 4,
    });
  });
});

describe("credentials of another account", () => {
  const Arn = "arn:aws:sts::999999999999:assumed-role/Ops/op";
  const other =
    'account "999999999999" (arn:aws:sts::999999999999:assumed-role/Ops/op), but the environment is in account "123456789012"';

  test.each<[string, Readonly<Record<string, string>>, string, string, string]>([
    [
      "and no other profile",
      ops,
      sso("ops", "999999999999"),
      'profile "ops" (AWS_PROFILE) is',
      "Set AWS_PROFILE to a profile for account 123456789012",
    ],
    [
      "and one of this account",
      ops,
      sso("ops", "999999999999") + sso("dev", "123456789012"),
      'profile "ops" (AWS_PROFILE) is',
      "Run: aws sso login --profile dev && export AWS_PROFILE=dev",
    ],
    [
      "in variables",
      keys,
      sso("dev", "123456789012"),
      "the keys in AWS_ACCESS_KEY_ID are",
      "Run: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN && aws sso login --profile dev && export AWS_PROFILE=dev",
    ],
    [
      "in variables, and no profile",
      keys,
      "",
      "the keys in AWS_ACCESS_KEY_ID are",
      "Run: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN && export AWS_PROFILE=PROFILE, with a profile for account 123456789012",
    ],
  ])(
    "%s stop a run, with both accounts and what is in effect",
    async (_, ...[variables, profiles, name, cure]) => {
      const { world, aws } = machine(variables, profiles);
      aws.answers.set("sts GetCallerIdentity", { Account: "999999999999", Arn });
      expect(await run(world, "plan --env dev")).toMatchObject({
        message: `Cannot plan "dev": ${name} for ${other}`,
        hint: `${cure}; or correct "account" in configs/dev.yaml; then run: ${again}`,
        exitCode: 4,
      });
      expect(world.ran).toEqual([]);
    },
  );

  const commands = [
    "--env dev --yes",
    "destroy --env dev --yes --confirm dev",
    "outputs --env dev",
    "databases --env dev",
    "tunnel --env dev",
    "restore --env dev --only aurora --yes",
  ];
  test.each(commands)("stop %s before anything is read or asked", async (commandLine) => {
    const { world, aws } = signedIn();
    aws.answers.set("sts GetCallerIdentity", { Account: "999999999999", Arn });
    const outcome = await run(furnished(world), commandLine, layers);
    expect(outcome).toHaveProperty(
      "message",
      expect.stringMatching(/^Cannot [\w ]+ "dev": profile "dev" \(AWS_PROFILE\) is for account "9{12}"/),
    );
    expect([aws.names, world.ran, world.questions, world.printed]).toEqual([[], [], [], []]);
  });

  test.each(["iam --env dev", "capacity --env dev", "policy --env dev", "migrate --env dev"])(
    "do not matter to %s",
    async (commandLine) => {
      const { world, aws } = machine();
      world.hasRole = false;
      world.version = "";
      const outcome = await run(world, commandLine, toys);
      expect(outcome).not.toHaveProperty("message", expect.stringContaining("credentials"));
      expect(aws.calls).toEqual([]);
    },
  );
});

describe("AWS", () => {
  const failing = (message: string, given: object) => Object.assign(new Error(message), given);

  test.each([
    [
      failing("getaddrinfo ENOTFOUND sts", { code: "ENOTFOUND" }),
      "AWS cannot be reached, getaddrinfo ENOTFOUND sts",
      "Check the network, HTTPS_PROXY, NO_PROXY and AWS_CA_BUNDLE",
    ],
    [
      failing("self-signed", { code: "SELF_SIGNED_CERT_IN_CHAIN" }),
      "AWS cannot be reached, self-signed",
      "Set AWS_CA_BUNDLE to a PEM file with the authority that issued this certificate",
    ],
    [
      awsError("NotFound", "UnknownError", 404),
      "AWS cannot be reached, something else answered, with HTTP status 404",
      "Check the network, HTTPS_PROXY, NO_PROXY and AWS_CA_BUNDLE",
    ],
    [
      failing("too slow", { name: "TimeoutError" }),
      "AWS did not answer in time",
      "Check the network, HTTPS_PROXY and NO_PROXY",
    ],
  ])("that cannot be reached is reported once, before the first layer: %s", async (error, reason, cure) => {
    const { world, aws } = signedIn();
    aws.refusals.set("sts GetCallerIdentity", error);
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: `Cannot plan "dev": ${reason}`,
      hint: `${cure}; then run: ${again}`,
      exitCode: 4,
    });
    expect([world.printed, world.ran]).toEqual([[], []]);
  });

  test.each([
    [awsError("InternalFailure", "not implemented", 501), 'AWS says "InternalFailure: not implemented"'],
    [awsError("ServiceUnavailable", "try again", 503), 'AWS says "ServiceUnavailable: try again"'],
    [awsError("AccessDenied", "explicit deny", 403), 'AWS says "AccessDenied: explicit deny"'],
    [
      awsError("RegionDisabledException", "not active", 403),
      'AWS says "RegionDisabledException: not active"',
    ],
  ])("that says nothing of the credentials stops no run: %s", async (refusal, because) => {
    const { world, aws } = signedIn();
    aws.refusals.set("sts GetCallerIdentity", refusal);
    expect(await run(world, "plan --env dev")).toBe(0);
    expect(world.printed).toContain(`  Not checked: the account of the credentials; ${because}`);
  });

  test("that sends no account, as a page with status 200 does, is not taken for another account", async () => {
    const { world, aws } = signedIn();
    aws.answers.set("sts GetCallerIdentity", {});
    expect(await run(world, "plan --env dev")).toBe(0);
    expect(world.printed).toContain(
      '  Not checked: the account of the credentials; the check gave no result, "AWS sent no Account"',
    );
  });

  test("for which the SDK cannot be set up, as Terraform cannot, is not asked", async () => {
    const { world } = signedIn();
    const environment = { AWS_DEFAULTS_MODE: "foo", ...keys };
    Object.assign(world.aws, {
      send: (call: AwsCall, request: AwsRequest) => awsSdk().send(call, { ...request, environment }),
    });
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: expect.stringContaining(
        'AWS_DEFAULTS_MODE or defaults_mode of the profile is "foo"',
      ) as string,
      hint: `Correct the variable, or the profile; then run: ${again}`,
    });
  });
});

describe("programs that reach a server in the VPC", () => {
  const reaching: AnyLayer = {
    ...defineLayer({
      name: "guest",
      summary: "Reaches",
      settings: z.strictObject({}),
      needs: {},
      outputs: {},
      build: () => ({}),
    }),
    reaches: { layer: "cluster", url: "endpoint", authority: "authority", variable: "endpoint" },
  };
  const guests = [cellar, reaching];
  const cli = "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";
  const plugin =
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html";
  const inVpc = "unless this machine is in the VPC or connected to it; to install it, see";

  function without(...programs: readonly string[]): FakeWorld {
    const { world } = signedIn();
    for (const program of programs) world.missing.add(program);
    return world;
  }

  test("are the AWS CLI, for the layers that need it", async () => {
    expect(await run(without("aws"), "plan --env dev", guests)).toMatchObject({
      message: 'Cannot plan "dev": there is no "aws" on the PATH, which "guest" needs',
      hint: `Install it (${cli}); then run: ${again}`,
      exitCode: 4,
    });
    expect(await run(without("aws"), "plan --env dev --only cellar", guests)).toBe(0);
  });

  test("are its plugin, which is only named while it is unknown whether it is needed", async () => {
    const bare = without("session-manager-plugin");
    expect(await run(bare, "plan --env dev", guests)).toBe(0);
    expect(bare.printed).toContain(
      `  There is no "session-manager-plugin" on the PATH, which "guest" needs ${inVpc} ${plugin}`,
    );
    const equipped = without();
    expect(await run(equipped, "plan --env dev", guests)).toBe(0);
    expect(equipped.printed.join("\n")).not.toContain("on the PATH");
  });

  test("are both, for the command that opens sessions, reported together with all else that is missing", async () => {
    const bare = without("aws", "session-manager-plugin");
    bare.version = "";
    bare.environment = { PATH: "/bin", HOME: "/home/op" };
    bare.home.clear();
    bare.hasRole = false;
    expect(await run(furnished(bare), "tunnel --env dev", layers)).toMatchObject({
      message: [
        'Cannot open tunnels to "dev": 4 prerequisites are missing; nothing was changed',
        '  there is no "terraform" on the PATH',
        `    Install Terraform 1.11 or later (${install}), set TERRAFORM_BINARY_NAME, or let --install-tools fetch OpenTofu 1.12.6`,
        '  there is no "aws" on the PATH, which "tunnel" needs',
        `    Install it (${cli})`,
        '  there is no "session-manager-plugin" on the PATH, which "tunnel" needs',
        `    Install it (${plugin})`,
        "  there are no AWS credentials: no AWS_ACCESS_KEY_ID, no profile, and no role of an instance",
        "    Run: aws configure sso --profile dev && export AWS_PROFILE=dev; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
      ].join("\n"),
      hint: "Correct all of them, then run: npx ts-node scripts/provision.ts tunnel --env dev",
    });
  });

  test("are only named for databases, whose server may be reached without them", async () => {
    const bare = without("aws");
    await run(furnished(bare), "databases --env dev", layers);
    expect(bare.printed).toContain(
      `  There is no "aws" on the PATH, which "databases" needs ${inVpc} ${cli}`,
    );
  });

  test("are named on standard error where standard output is a document", async () => {
    const bare = without("session-manager-plugin");
    expect(await run(bare, "apply --env dev --yes", toys)).toBe(0);
    bare.printed.length = 0;
    expect(await run(bare, "outputs --env dev --json", [...toys, reaching])).toBe(0);
    expect(bare.errors).toEqual([
      `There is no "session-manager-plugin" on the PATH, which "guest" needs ${inVpc} ${plugin}`,
    ]);
  });
});
