import { beforeEach, describe, expect, test } from "vitest";
import { type AnyLayer, inOrder } from "../../lib/layer/layer";
import type { AwsCall } from "../../lib/layer/aws-call";
import { argocd } from "../../modules/argocd/layer";
import { platform } from "../../modules/platform/layer";
import { awsError } from "./aws-error";
import { FakeWorld } from "./fake-world";
import { standIn } from "./publishing";
import { run } from "./runs";
import { cellar, toyEnvironment } from "./toys";

const arn = (name: string) => `arn:aws:secretsmanager:us-west-2:123456789012:secret:${name}`;
const given = arn("own-admin-AbCdEf");
const users = ["argocd-admin", "gitea-admin", "keycloak-admin"] as const;
const stands: AnyLayer = standIn(platform, {
  userSecretArns: Object.fromEntries(users.map((user) => [user, arn(user)])),
});
const deployer = standIn(
  argocd,
  {
    namespace: "argocd",
    argocdUrl: "https://argocd.dev.example.com",
    giteaUrl: "https://gitea.dev.example.com",
  },
  [stands],
);
// Without a cluster, nothing is rolled out.
Reflect.deleteProperty(deployer, "rollout");
const layers = inOrder([cellar, stands, { ...deployer, settings: argocd.settings }]);

/** What Secrets Manager has, by ARN. */
const seeds: Readonly<Record<string, string>> = Object.fromEntries(
  [...users.map(arn), given].map((name) => [name, `seed-of-${name.split(":").at(-1) ?? ""}`]),
);

let world: FakeWorld;
let secrets: Record<string, string | Error>;
let read: string[];

beforeEach(() => {
  world = new FakeWorld();
  configure("{ enabled: true }");
  read = [];
  secrets = Object.fromEntries(
    Object.entries(seeds).map(([name, password]) => [name, JSON.stringify({ username: "x", password })]),
  );
  const others = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send(call: AwsCall, request: Parameters<typeof others>[1]) {
      if (call.service !== "secrets-manager" || !("SecretId" in call.input)) return others(call, request);
      const id = String(call.input.SecretId);
      read.push(id);
      const secret = secrets[id];
      return secret instanceof Error ? Promise.reject(secret) : Promise.resolve({ SecretString: secret });
    },
  });
});

/** The settings of the layer argocd, as YAML in one line. */
function configure(gitea: string, server = "{}"): void {
  const settings = `layers:\n  argocd:\n    gitea: ${gitea}\n    argocd: ${server}\n`;
  world.texts.set("configs/dev.yaml", `${toyEnvironment}${settings}`);
}

async function applied(): Promise<void> {
  expect(await run(world, "apply --env dev --yes", layers)).toBe(0);
  world.printed.length = 0;
}

const show = (program: string) => run(world, `password ${program} --env dev`, layers);

describe("password", () => {
  test.each([
    ["argocd", "argocd-admin", "User admin at https://argocd.dev.example.com"],
    ["gitea", "gitea-admin", "User gitea-admin at https://gitea.dev.example.com"],
    ["keycloak", "keycloak-admin", "User admin at https://keycloak.dev.example.com"],
  ])("of %s is all that is printed where a program reads it", async (program, user, whose) => {
    await applied();
    expect(await show(program)).toBe(0);
    expect(world.printed).toEqual([seeds[arn(user)]]);
    expect(world.errors).toEqual([whose]);
    expect(read).toEqual([arn(user)]);
  });

  test("of Argo CD is the operator's own, if the environment file names it", async () => {
    configure("{ enabled: true }", `{ adminPasswordSecretArn: "${given}" }`);
    await applied();
    expect(await show("argocd")).toBe(0);
    expect(world.printed).toEqual([seeds[given]]);
  });

  test("is in no file, status, question or command, whatever ran before and after", async () => {
    await applied();
    for (const program of ["argocd", "gitea", "keycloak"]) await show(program);
    expect(world.printed.toSorted()).toEqual(users.map((user) => seeds[arn(user)]).toSorted());
    world.printed.length = 0;
    for (const line of ["status", "outputs", "environments"])
      await run(world, line === "environments" ? line : `${line} --env dev`, layers);
    const kept = [...world.texts, ...world.statuses, ...world.questions, ...world.printed, ...world.errors];
    const everything = JSON.stringify([kept, world.commands, [...world.cloud.stored]]);
    expect(everything).toContain(arn("argocd-admin"));
    for (const seed of Object.values(seeds)) expect(everything).not.toContain(seed);
  });

  test("is read while another run works with the environment", async () => {
    await applied();
    world.others.add(99);
    world.texts.set(
      ".provision/dev/run.lock",
      JSON.stringify({ pid: 99, host: "workstation", command: "apply", started: "2026-01-01T08:00:00Z" }),
    );
    expect(await run(world, "outputs --env dev", layers)).toMatchObject({ exitCode: 5 });
    expect(await show("argocd")).toBe(0);
  });
});

test("apply ends with the command that shows the first password", async () => {
  expect(await run(world, "apply --env dev --yes", layers)).toBe(0);
  expect(world.printed).toContain(
    "  password    npx ts-node scripts/provision.ts password --env dev --program argocd",
  );
});

describe("password refuses", () => {
  test("what is not applied, with the command that applies it", async () => {
    expect(await show("argocd")).toMatchObject({
      message: 'Cannot run password: "argocd" is not applied, or was applied by an earlier version',
      hint: "Run: npx ts-node scripts/provision.ts --env dev --only argocd",
      exitCode: 4,
    });
    expect(read).toEqual([]);
  });

  test("to be rehearsed: what is shown is always of the real account", async () => {
    expect(await run(world, "password argocd --env dev --rehearse", layers)).toMatchObject({
      message: expect.stringContaining('"password" has no option "--rehearse"') as unknown,
      exitCode: 64,
    });
    expect(read).toEqual([]);
  });

  test("what the environment does not install", async () => {
    configure("{ enabled: false }");
    await applied();
    expect(await show("gitea")).toMatchObject({
      message: 'Cannot print the password of "gitea": configs/dev.yaml does not install it',
      hint: "Choose one that it installs: argocd, keycloak",
      exitCode: 4,
    });
  });

  test("an unknown program, and none", async () => {
    expect(await show("harbor")).toMatchObject({ exitCode: 64 });
    expect(await run(world, "password --env dev", layers)).toMatchObject({
      message: 'Cannot read the command line: "password" must be followed by argocd or gitea or keycloak',
    });
  });

  test("a secret that is something else, without repeating it", async () => {
    await applied();
    secrets[arn("argocd-admin")] = seeds[arn("argocd-admin")] ?? "";
    expect(await show("argocd")).toMatchObject({
      message: `Cannot print the password of "argocd": the secret "${arn("argocd-admin")}" is not JSON with the key password`,
      hint: "Increase layers.platform.passwordVersion and apply the layers platform and argocd",
    });
    secrets[given] = "{}";
    configure("{ enabled: true }", `{ adminPasswordSecretArn: "${given}" }`);
    expect(await show("argocd")).toMatchObject({ hint: `Store JSON with the key password in "${given}"` });
  });

  test("what AWS denies, in AWS's words", async () => {
    await applied();
    secrets[arn("keycloak-admin")] = awsError("AccessDeniedException", "not authorized to GetSecretValue");
    expect(await show("keycloak")).toMatchObject({
      message: `Cannot read the secret "${arn("keycloak-admin")}": AWS says "AccessDeniedException: not authorized to GetSecretValue"`,
      hint: "Use a role that has this permission, e.g. with AWS_PROFILE; then run: npx ts-node scripts/provision.ts password --env dev --program keycloak",
    });
    expect(world.printed).toEqual([]);
  });

  test("a state that cannot be read, or is none", async () => {
    await applied();
    world.cloud.stored.set("dev-state/us-west-2/argocd/dev", "");
    expect(await show("argocd")).toMatchObject({
      message: 'Cannot read the state of "argocd": the object is empty',
      hint: "To restore an earlier version of it, run: npx ts-node scripts/provision.ts recover --env dev --only argocd",
    });
    const others = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: (call: AwsCall, request: Parameters<typeof others>[1]) =>
        call.service === "s3"
          ? Promise.reject(awsError("AccessDenied", "Access Denied"))
          : others(call, request),
    });
    expect(await show("argocd")).toMatchObject({
      message: 'Cannot read the state of "argocd": AWS says "AccessDenied: Access Denied"',
    });
  });
});
