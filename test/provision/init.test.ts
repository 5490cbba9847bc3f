import fc from "fast-check";
import { check } from "prettier";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { currentVersion } from "../../lib/environment/migrations";
import { loadEnvironment } from "../../lib/environment/environment";
import { scaleProfiles } from "../../lib/layer/environment-schema";
import type { AnyLayer } from "../../lib/layer/layer";
import { UserError } from "../../lib/errors";
import { layers } from "../../modules";
import { option } from "../../scripts/provision/command-line/option";
import { readArguments } from "../../scripts/provision/command-line/parse";
import { commands } from "../../scripts/provision/commands/index";
import { fileText } from "../../scripts/provision/commands/init/file-text";
import { defineFilelessCommand } from "../../scripts/provision/run/fileless-command";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

const load = () => Promise.resolve({ handle: () => Promise.resolve(0) });
const uses = { terraform: false, rehearsal: "no", selection: "every" } as const;
const fileless = [
  ...commands,
  defineFilelessCommand({
    ...{ name: "draw", summary: "draw nothing", examples: [["draw", "nothing"]], load },
    options: { ink: option.value("--ink <colour>", "colour") },
    uses: { ...uses, environment: "none" },
  }),
  defineFilelessCommand({
    ...{ name: "found", summary: "found a town", examples: [["found --env a", "a town"]], load },
    options: {},
    uses: { ...uses, environment: "new" },
  }),
];

test("a command without an environment takes none, and nothing that needs one", () => {
  const reading = readArguments(fileless, ["draw", "--ink", "red"]);
  expect(reading).toMatchObject({ request: { command: "draw", env: "", ink: "red" } });
  for (const flag of ["--env", "--timings"])
    expect(() => readArguments(fileless, ["draw", flag, "x"])).toThrow(`"draw" has no option "${flag}"`);
  expect(readArguments(fileless, ["draw", "--help"])).toMatchObject({
    text: expect.stringContaining("draw [options]") as string,
  });
});

test("a command for a new environment takes its name", () => {
  expect(readArguments(fileless, ["found", "--env", "dev"])).toMatchObject({ request: { env: "dev" } });
  expect(() => readArguments(fileless, ["found"])).toThrow('required option "--env <name>" not specified');
});

const start = "npx ts-node scripts/provision.ts";
const file = "configs/prod.yaml";
const role = "arn:aws:iam::111122223333:role/admin";
const given = `--account 111122223333 --admin-role ${role} --parent-domain example.com`;

/** A world whose AWS knows the credentials, three zones too many, and two hosted zones. */
function signedIn({ arn = "arn:aws:sts::111122223333:assumed-role/deployer/me", synthesis = false } = {}): {
  readonly world: FakeWorld;
  readonly aws: FakeAws;
} {
  const world = new FakeWorld();
  const aws = new FakeAws(world);
  if (!synthesis) synthesisLeftOut(world);
  Object.assign(world.aws, { region: () => Promise.resolve("us-east-1") });
  aws.answers.set("sts GetCallerIdentity", { Account: "111122223333", Arn: arn });
  const zone = (letter: string, more = {}) => ({
    ZoneName: `us-east-1${letter}`,
    State: "available",
    ...more,
  });
  aws.answers.set("ec2 DescribeAvailabilityZones", {
    AvailabilityZones: [
      ...[zone("d"), zone("a", { ZoneId: "use1-az3" }), zone("b", { State: "impaired" })],
      ...[zone("f"), zone("e"), zone("c"), zone("x", { ZoneType: "local-zone" })],
    ],
  });
  aws.answers.set("route-53 ListHostedZones", {
    HostedZones: [
      { Name: "example.com.", Config: { PrivateZone: false } },
      { Name: "inside.example.com.", Config: { PrivateZone: true } },
    ],
  });
  return { world, aws };
}

/** A world without credentials. */
function signedOut(more = {}): FakeWorld {
  const { world, aws } = signedIn(more);
  Object.assign(world.aws, { region: () => Promise.resolve(undefined) });
  aws.refusals.set(
    "sts GetCallerIdentity",
    awsError("CredentialsProviderError", "Could not load credentials"),
  );
  return world;
}

/** Leaves out the synthesis, which takes a second and says only what the environment costs. */
function synthesisLeftOut(world: FakeWorld): void {
  Object.assign(world.product, {
    synthesise: (all: readonly AnyLayer[], _: unknown, { outdir }: { readonly outdir: string }) => {
      for (const { name } of all) world.texts.set(`${outdir}/stacks/${name}/cdk.tf.json`, "{}");
      return Promise.resolve();
    },
  });
}

function loaded(world: FakeWorld, path = file) {
  const text = world.texts.get(path) ?? "";
  return loadEnvironment(layers, { file: path, text, read: () => undefined, now: new Date() });
}

describe("with --yes, init asks nothing", () => {
  test("without credentials, options and defaults give a file that validates", async () => {
    const world = signedOut();
    expect(await run(world, `init --env prod --yes ${given}`, layers)).toBe(0);
    expect(world.questions).toEqual([]);
    expect(loaded(world).environment).toMatchObject({
      name: "prod",
      account: "111122223333",
      region: "us-west-2",
      zones: ["us-west-2a", "us-west-2b", "us-west-2c"],
      state: { bucket: "111122223333-prod-state", region: "us-west-2" },
      domain: { parent: "example.com" },
      access: { adminRoleArns: [role], adminCidrs: [], publicCidrs: ["0.0.0.0/0"] },
    });
    expect(loaded(world).settings).toMatchObject({
      audit: { alarmEmails: [] },
      platform: { release: "2026.0" },
    });
    expect(world.printed).toContain(
      '  Not looked up: zones and hosted zones; there are no valid AWS credentials, "Could not load credentials"',
    );
  });

  test("with credentials, AWS gives account, region, zones, role and domain", async () => {
    const { world, aws } = signedIn();
    expect(await run(world, "init --env prod --yes", layers)).toBe(0);
    expect(loaded(world).environment).toMatchObject({
      account: "111122223333",
      region: "us-east-1",
      zones: ["us-east-1c", "us-east-1d", "us-east-1e"],
      domain: { parent: "example.com" },
      access: { adminRoleArns: ["arn:aws:iam::111122223333:role/deployer"] },
    });
    expect(aws.calls.map(({ name }) => name)).toEqual([
      ...["sts GetCallerIdentity", "ec2 DescribeAvailabilityZones", "route-53 ListHostedZones"],
    ]);
    expect(new Set(aws.calls.map(({ request }) => request.patience))).toEqual(new Set(["suggestion"]));
  });

  test("zones and hosted zones of another account say nothing of this one", async () => {
    const { world, aws } = signedIn();
    const line = `init --env prod --yes --account 444455556666 --parent-domain other.org --admin-role ${role}`;
    expect(await run(world, line, layers)).toBe(0);
    expect(loaded(world).environment).toMatchObject({ zones: ["us-east-1a", "us-east-1b", "us-east-1c"] });
    expect(aws.names).toEqual([]);
    expect(world.printed).toContain(
      '  Your credentials belong to account "111122223333": nothing is looked up in "444455556666"',
    );
  });

  test("a region that is not enabled refuses valid credentials, which stay valid elsewhere", async () => {
    const { world, aws } = signedIn();
    const invalid = awsError("AuthFailure", "AWS was not able to validate the provided access credentials");
    aws.refusals.set("ec2 DescribeAvailabilityZones", invalid);
    expect(await run(world, "init --env prod --yes --region af-south-1", layers)).toBe(0);
    expect(loaded(world).environment).toMatchObject({
      zones: ["af-south-1a", "af-south-1b", "af-south-1c"],
      domain: { parent: "example.com" },
    });
    expect(world.printed.join(" ")).toContain(
      "Not looked up: zones of af-south-1; af-south-1 may not be enabled in this account",
    );
    expect(aws.calls.map(({ name, request }) => `${name} ${request.region}`)).toEqual([
      "sts GetCallerIdentity af-south-1",
      "ec2 DescribeAvailabilityZones af-south-1",
      "route-53 ListHostedZones af-south-1",
    ]);
  });

  test("AWS is not asked when everything is given that it could suggest", async () => {
    const { world, aws } = signedIn();
    const line = `init --env prod --yes ${given} --region eu-west-1 --zones eu-west-1a,eu-west-1b,eu-west-1c`;
    expect(await run(world, line, layers)).toBe(0);
    expect(aws.calls).toEqual([]);
  });

  test("everything that is missing or wrong is reported at once, with its options", async () => {
    const world = signedOut();
    const line = "init --env prod --yes --zones us-west-2a --email ops --vpc-cidr 8.8.0.0/20";
    expect(await run(world, line, layers)).toMatchObject({
      message: [
        `Cannot create ${file}: 6 answers are missing or not accepted; nothing was written`,
        "  --account <id>: no answer",
        "  --parent-domain <domain> or --root-domain <domain>: no answer",
        "  --admin-role <arn>: no answer",
        "  --zones <zone>: zones: has 1 item; It must name exactly three availability zones",
        '  --email <address>: layers.audit.alarmEmails[0]: "ops" is not accepted; It must be an e-mail address, e.g. "ops@example.com"',
        '  --vpc-cidr <range>: layers.vpc.cidr: "8.8.0.0/20" is not a private range; Choose a range inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10',
      ].join("\n"),
      hint: `Run: ${start} init --env prod --yes --account <id> --parent-domain <domain> --admin-role <arn> --zones <zone> --email <address> --vpc-cidr <range>`,
      exitCode: 4,
    });
    expect([...world.texts.keys()]).toEqual(["configs/dev.yaml"]);
  });

  test("a role whose ARN nobody can derive is missing, and so is one of several hosted zones", async () => {
    const arn = "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/me";
    const { world, aws } = signedIn({ arn });
    const zones = ["a.org.", "b.org."].map((Name) => ({ Name, Config: { PrivateZone: false } }));
    aws.answers.set("route-53 ListHostedZones", { HostedZones: zones });
    expect(await run(world, "init --env prod --yes", layers)).toMatchObject({
      hint: `Run: ${start} init --env prod --yes --parent-domain <domain> --admin-role <arn>`,
    });
  });

  test("what may not be looked up is named with its permission, and the rest is", async () => {
    const { world, aws } = signedIn();
    aws.refusals.set("route-53 ListHostedZones", awsError("AccessDenied", "not authorized"));
    expect(await run(world, "init --env prod --yes --parent-domain example.com", layers)).toBe(0);
    expect(world.printed).toContain(
      '  Not looked up: hosted zones; AWS says "AccessDenied: not authorized" (it needs route53:ListHostedZones)',
    );
    expect(loaded(world).environment.zones).toEqual(["us-east-1c", "us-east-1d", "us-east-1e"]);
  });

  test.each([
    ["other.org", 'This account has no public hosted zone "other.org": create it before the first apply'],
    [
      "twice.org",
      'This account has 2 public hosted zones "twice.org": set layers.route53.zones.parentZoneId in the file',
    ],
  ])("%s as parent domain comes with a caution", async (domain, caution) => {
    const { world, aws } = signedIn();
    const HostedZones = [1, 2].map(() => ({ Name: "twice.org.", Config: { PrivateZone: false } }));
    aws.answers.set("route-53 ListHostedZones", { HostedZones });
    expect(await run(world, `init --env prod --yes --parent-domain ${domain}`, layers)).toBe(0);
    expect(world.printed).toContain(`  ${caution}`);
  });
});

describe("at a terminal, init asks", () => {
  test("Enter accepts every default; choices go by number; what was wrong is asked again", async () => {
    const { world } = signedIn();
    world.answering("", "", "", "2", "", "1", "", "203.0.113.7/24", "203.0.113.0/24", ' "a@b.org" ', "");
    expect(await run(world, "init --env prod", layers)).toBe(0);
    expect(world.questions).toEqual([
      "  AWS account [111122223333]:",
      "  Region [us-east-1]:",
      "  Availability zones [us-east-1c, us-east-1d, us-east-1e]:",
      "  Scale profile [default]:",
      "  Kind of domain [parent]:",
      "  Parent domain [example.com]:",
      "  Roles that administer the cluster [arn:aws:iam::111122223333:role/deployer]:",
      "  Networks of administrators [none]:",
      "  Networks of administrators [none]:",
      "  E-mail addresses [none]:",
      "  Address range of the VPC [10.20.0.0/20]:",
    ]);
    expect(world.printed).toContain('  access.adminCidrs[0]: "203.0.113.7/24" is not accepted');
    const { environment, settings } = loaded(world);
    expect(environment).toMatchObject({ scaleProfile: "100en", access: { adminCidrs: ["203.0.113.0/24"] } });
    expect(settings).toMatchObject({
      audit: { alarmEmails: ["a@b.org"] },
      route53: { certificate: { source: "lets-encrypt", adminEmail: "a@b.org" } },
    });
  });

  test("what options answer is not asked, unless it is not accepted", async () => {
    const world = signedOut().answering("us-west-2", "", "", "none", "", "");
    expect(await run(world, `init --env prod ${given} --region usw2`, layers)).toBe(0);
    expect(world.questions[0]).toBe("  Region [us-west-2]:");
    expect(world.printed).toContain('  region: "usw2" is not accepted');
    expect(world.questions).toHaveLength(6);
  });

  test("a hint says what can be done here, without the settings of a file", async () => {
    const world = signedOut().answering("us-wset-2", "", "us-west-2a us-west-2b us-west-2z", "quit");
    await run(world, `init --env prod ${given}`, layers);
    const printed = world.printed.join("\n");
    expect(printed).not.toContain("skipRegionValidation");
    const newer = "or edit a copy of configs/example.yaml for one that is newer than this release";
    expect(printed).toContain(`Correct it, ${newer}`);
    expect(printed).toContain(`us-west-2d, ${newer}`);
  });

  test("a kind of domain that is none is asked again", async () => {
    const world = signedOut().answering("111122223333", "", "", "", "other", "root", "quit");
    await run(world, "init --env prod", layers);
    expect(world.printed).toContain('  "other" is not accepted');
    expect(world.questions.at(-1)).toBe("  Root domain:");
  });

  test("a question without a default wants an answer", async () => {
    const world = signedOut().answering("", "1234", "111122223333", undefined);
    const interrupted = await run(world, "init --env prod", layers);
    expect(world.questions.slice(0, 3)).toEqual(Array(3).fill("  AWS account:"));
    expect(world.printed).toContain("  There is no default: type an answer, or quit");
    const refusal = world.printed.indexOf('  account: "1234" is not accepted');
    expect(world.printed.slice(refusal, refusal + 3)).toEqual([
      '  account: "1234" is not accepted',
      '  It must be 12 digits, e.g. "123456789012"',
      "",
    ]);
    expect(interrupted).toMatchObject({
      message: `Cannot create ${file}: not every question was answered; nothing was written`,
      hint: `Go on with: ${start} init --env prod --account 111122223333`,
      exitCode: 7,
    });
    expect(world.texts.has(file)).toBe(false);
    const left = await run(signedOut().answering("111122223333", "quit"), "init --env prod", layers);
    expect(left).toMatchObject({ message: (interrupted as Error).message });
  });

  test("a region with two usable zones and a zone that is not usable are not accepted", async () => {
    const { world, aws } = signedIn();
    world.answering("sa-east-1", "us-east-1", "us-east-1a us-east-1c us-east-1d", undefined);
    const send = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: (...[call, request]: Parameters<typeof send>) =>
        request.region === "sa-east-1" && call.service === "ec2"
          ? Promise.resolve({ AvailabilityZones: ["a", "c"].map((z) => ({ ZoneName: `sa-east-1${z}` })) })
          : send(call, request),
    });
    await run(world, `init --env prod ${given}`, layers);
    expect(world.printed).toContain('  this account can use 2 zones of "sa-east-1": sa-east-1a, sa-east-1c');
    expect(world.printed).toContain('  this account cannot use "us-east-1a" for a cluster');
    expect(aws.names).toEqual(["ec2 DescribeAvailabilityZones"]);
  });

  test("every line fits into 80 columns", async () => {
    const { world } = signedIn({ synthesis: true });
    world.answering(...Array<string>(10).fill(""));
    expect(await run(world, "init --env prod", layers)).toBe(0);
    const commandLines = world.printed.filter((line) => !line.includes("aws iam get-role"));
    expect(commandLines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("init refuses", () => {
  test("a parent and a root domain", async () => {
    const line = `init --env prod --yes ${given} --root-domain foo.com`;
    expect(() => readArguments(commands, line.split(" "))).toThrow(
      'option "--root-domain <domain>" cannot be used with option "--parent-domain <domain>"',
    );
    expect(await run(signedOut(), line, layers)).toMatchObject({ exitCode: 64 });
  });

  test("a root domain, and asks for another root domain", async () => {
    const line = `init --env prod --yes --account 111122223333 --admin-role ${role} --root-domain foo_bar`;
    expect(await run(signedOut(), line, layers)).toMatchObject({
      hint: expect.stringMatching(/ --root-domain <domain>$/) as string,
    });
  });

  test.each([
    ["Prod", 'the name "Prod" is not accepted', /^It must be lower-case letters, digits and single dashes/],
    [
      "a-name-that-is-too-long",
      'the name "a-name-that-is-too-long" has 23 characters',
      /^It must have at most 20/,
    ],
    ["configs/prod.yaml", 'the name "configs/prod.yaml" is not accepted', /^It must be lower-case letters/],
  ])("the name %s before any question", async (name, fault, hint) => {
    const world = signedOut().answering();
    expect(await run(world, `init --env ${name}`, layers)).toMatchObject({
      message: `Cannot create environment "${name}": ${fault}`,
      hint: expect.stringMatching(hint) as string,
      exitCode: 64,
    });
    expect(world.questions).toEqual([]);
  });

  test("a file that exists, before any question and when it comes meanwhile", async () => {
    const exists = {
      message: `Cannot create ${file}: it exists, and is never overwritten`,
      hint: `Edit it, then run: ${start} validate --env prod`,
      exitCode: 4,
    };
    const world = signedOut().answering();
    world.texts.set(file, "mine");
    expect(await run(world, "init --env prod", layers)).toMatchObject(exists);
    expect(world.questions).toEqual([]);
    world.texts.delete(file);
    const synthesise = world.product.synthesise.bind(world.product);
    Object.assign(world.product, {
      synthesise: (...args: Parameters<typeof synthesise>) => {
        world.texts.set(file, "mine");
        return synthesise(...args);
      },
    });
    expect(await run(world, `init --env prod --yes ${given}`, layers)).toMatchObject(exists);
    expect(world.texts.get(file)).toBe("mine");
  });

  test("a folder that cannot be written to, without a loss of the answers", async () => {
    const world = signedOut();
    Object.assign(world.files, {
      create: () => {
        throw new UserError(`Cannot write "${file}": permission is denied`, "Choose another path");
      },
    });
    expect(await run(world, `init --env prod --yes ${given}`, layers)).toMatchObject({
      message: `Cannot write "${file}": permission is denied`,
      hint: expect.stringMatching(
        /^Choose another path; with the same answers, run: .* init --env prod --yes --account 111122223333 /,
      ) as string,
      exitCode: 1,
    });
  });

  test("to guess when there is neither a terminal nor --yes", async () => {
    expect(await run(signedOut(), `init --env prod ${given}`, layers)).toMatchObject({
      message: `Cannot create ${file}: there is no interactive terminal for questions; nothing was written`,
      hint: `To accept the defaults, run: ${start} init --env prod --yes ${given.replace(/(--admin-role \S+) (.*)/, "$2 $1")}`,
      exitCode: 4,
    });
  });
});

describe("the file", () => {
  test("says what it costs and which settings decide it, as the closing lines do", async () => {
    const world = signedOut({ synthesis: true });
    expect(await run(world, `init --env prod --yes ${given}`, layers)).toBe(0);
    const text = world.texts.get(file) ?? "";
    const cost = /Estimated cost: (\S+) to (\S+) USD a month, at list prices\./;
    const [, low = "", high = ""] = cost.exec(text) ?? [];
    expect(Number(low)).toBeGreaterThan(500);
    expect(Number(high.replace(",", ""))).toBeGreaterThan(2000);
    expect(text).toMatch(/^# {3}nodes and volumes +\d+ to [\d,]+ {2}scaleProfile, layers\.eks$/m);
    expect(world.printed).toContainEqual(expect.stringMatching(cost));
    expect(world.printed.slice(-7)).toEqual([
      `  1. Review ${file}, above all who has access;`,
      "     docs/reference/settings.md lists every other setting",
      "  2. Rehearse it in a simulated account on this machine:",
      `     ${start} --env prod --rehearse`,
      "     with --verbose, it shows everything that would be created",
      "  3. Plan it in the account; layers wait until those before them are applied:",
      `     ${start} plan --env prod`,
    ]);
  });

  test("says when prices are those of another region", async () => {
    const world = signedOut({ synthesis: true });
    expect(await run(world, `init --env prod --yes ${given} --region eu-west-1`, layers)).toBe(0);
    const text = world.texts.get(file) ?? "";
    expect(text).toMatch(/^# Estimated cost: \S+ to \S+ USD a month, at prices of a similar region\.$/m);
    const amounts = text.split("\n").flatMap((line) => /^# {3}\S.*?\d(?= {2}\S)/.exec(line) ?? []);
    expect(new Set(amounts.map((line) => line.length)).size).toBe(1);
  });

  test("says that there are no prices where there are none", async () => {
    const world = signedOut({ synthesis: true });
    const gov = given.replace("arn:aws:", "arn:aws-us-gov:");
    expect(await run(world, `init --env prod --yes ${gov} --region us-gov-west-1`, layers)).toBe(0);
    const { environment, settings } = loaded(world);
    expect(environment).toMatchObject({ partition: "aws-us-gov", region: "us-gov-west-1" });
    expect(settings).toMatchObject({ route53: { certificate: { source: "existing" } } });
    expect(world.texts.get(file)).toContain(
      "# Estimated cost: unknown, because there are no prices for us-gov-west-1",
    );
  });

  test("is up to date for migrate", async () => {
    const world = signedOut();
    expect(await run(world, `init --env prod --yes ${given}`, layers)).toBe(0);
    expect(await run(world, "migrate --env prod", layers)).toBe(0);
    expect(world.printed.at(-1)).toBe(`  ${file} is up to date`);
  });

  const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
  const domain = fc.tuple(label, fc.constantFrom("com", "example.org")).map((parts) => parts.join("."));
  const account = fc.stringMatching(/^[0-9]{12}$/);
  const region = fc.constantFrom(
    "us-west-2",
    "eu-central-1",
    "ap-northeast-1",
    "us-gov-west-1",
    "cn-north-1",
  );
  const partition = (name: string) =>
    name.startsWith("us-gov") ? "aws-us-gov" : name.startsWith("cn") ? "aws-cn" : "aws";
  const contents = fc
    .record({
      name: fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8})?$/),
      ...{ account, region, domain },
      domainKind: fc.constantFrom("parent", "root"),
      scaleProfile: fc.constantFrom(...scaleProfiles),
      adminRoles: fc.uniqueArray(fc.stringMatching(/^[\w+=.@-]{1,20}$/), { minLength: 1, maxLength: 3 }),
      adminCidrs: fc.uniqueArray(fc.constantFrom("203.0.113.0/24", "198.51.100.0/26", "10.0.0.0/8")),
      emails: fc.uniqueArray(fc.emailAddress(), { maxLength: 3 }),
      vpcCidr: fc.constantFrom("10.20.0.0/20", "192.168.0.0/16", "172.31.0.0/19"),
    })
    .map(({ name, adminRoles, adminCidrs, emails, ...rest }) => ({
      ...{ name, release: "2026.0", cost: ["Estimated cost: 1"] },
      answers: {
        ...rest,
        zones: ["a", "b", "c"].map((letter) => `${rest.region}${letter}`).join(", "),
        adminRoles: adminRoles
          .map((r) => `arn:${partition(rest.region)}:iam::${rest.account}:role/${r}`)
          .join(),
        adminCidrs: adminCidrs.join() || "none",
        emails: emails.filter((email) => /^[A-Za-z0-9][\w.+-]*@/.test(email)).join() || "none",
      },
    }));

  test("validates, has every answer, and is formatted, whatever was answered", async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (given) => {
        const text = fileText(given);
        const { answers, name } = given;
        const source = { file, text, read: () => undefined, now: new Date() };
        const { environment, settings, migrated } = loadEnvironment(layers, source);
        expect(environment).toMatchObject({
          ...{ name, account: answers.account, region: answers.region, scaleProfile: answers.scaleProfile },
          domain: { [answers.domainKind]: answers.domain },
        });
        expect(environment.access.adminRoleArns.join()).toBe(answers.adminRoles);
        expect(environment.access.adminCidrs.join() || "none").toBe(answers.adminCidrs);
        const { audit } = settings as { audit: { alarmEmails: readonly string[] } };
        expect(audit.alarmEmails.join() || "none").toBe(answers.emails);
        expect(migrated).toBeUndefined();
        expect(text).toContain(`\nversion: ${currentVersion}\n`);
        expect(await check(text, { parser: "yaml", printWidth: 110 })).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("an answer stays the text that was typed, and becomes no other setting", () => {
    const odd = fc.constantFrom(
      "true",
      "null",
      "12",
      "1e3",
      "0x1f",
      "2026-01-01",
      "a: b",
      "#a",
      "a\nname: b",
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), odd), (domain) => {
        const text = fileText({
          ...{ name: "prod", release: undefined, cost: [] },
          answers: { account: "111122223333", region: "us-west-2", domain, domainKind: "parent" },
        });
        const read = parse(text) as Readonly<Record<string, unknown>>;
        expect(read["domain"]).toEqual({ parent: domain });
        expect(Object.keys(read)).toHaveLength(10);
      }),
    );
  });
});
