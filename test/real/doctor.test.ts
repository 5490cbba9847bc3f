import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../scripts/provision/commands/doctor/diagnosis";
import {
  type AccountEndpoint,
  type SilentEndpoint,
  startAccountEndpoint,
  startSilentEndpoint,
} from "./account-endpoint";
import { runCommand } from "./command";
import { createBucket, type Moto, signedRequest, startMoto } from "./moto";
import { emulatorText, provisionWords } from "./provision";
import type { Variables } from "./terraform";
import { missing, tools } from "./tools";

const because = missing("terraform", "mirror", "moto");
const account = "123456789012";
const admin = `arn:aws:iam::${account}:role/platform-admin`;
const bucket = `${account}-prod-state`;
const notInEmulator = "AWS cannot be reached, something else answered, with HTTP status 500";
const writes = "conditional writes to the state bucket";

/** A machine that is busy with other tests answers nothing in time, now and then. */
const busy = { retry: 2 };
const one = ["--only", "vpc"];
/** What is left of 8 s at the first question, and a little for a busy machine, on which it comes late. */
const mostSeconds = 7;

let folder: string;
let moto: Moto;
let endpoint: AccountEndpoint;
let silent: SilentEndpoint;
/** Of a role that is admitted to the cluster. */
let credentials: Variables;
let hanging: ReturnType<typeof examined>;
let fetching: ReturnType<typeof examined>;

beforeAll(async () => {
  if (because !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
  const dev = readFileSync(resolve(__dirname, "../../configs/dev.yaml"), "utf8");
  writeFileSync(join(folder, "prod.yaml"), emulatorText("prod", dev));
  silent = await startSilentEndpoint();
  moto = await startMoto();
  endpoint = await startAccountEndpoint(moto.url);
  credentials = await assumedRole();
  // They mostly wait.
  hanging = examined({ ...moto.variables, ...credentials, AWS_ENDPOINT_URL: silent.url });
  const config = join(folder, "config");
  writeFileSync(config, `[profile slow]\ncredential_process = sh -c "touch ${folder}/asked; sleep 30"\n`);
  fetching = examined({ AWS_CONFIG_FILE: config, AWS_PROFILE: "slow", AWS_ENDPOINT_URL: endpoint.url });
  await Promise.all([hanging, fetching]);
});
afterAll(() => {
  moto.stop();
  endpoint.stop();
  silent.stop();
  rmSync(folder, { recursive: true });
});

/** Asks one of the query APIs of the emulator. */
async function query(service: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const answer = await signedRequest(moto.url, service, {
    method: "POST",
    body: new URLSearchParams(parameters),
  });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Makes the role, and has the emulator load what the checks ask: its first answers take as long as a check waits. */
async function assumedRole(): Promise<Variables> {
  const trust = { Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await query("iam", {
    ...{ Action: "CreateRole", Version: "2010-05-08", RoleName: "platform-admin" },
    AssumeRolePolicyDocument,
  });
  await query("ec2", { Action: "DescribeVpcs", Version: "2016-11-15" });
  await query("ec2", {
    ...{ Action: "DescribeInstanceTypeOfferings", Version: "2016-11-15", LocationType: "availability-zone" },
  });
  await query("rds", {
    Action: "DescribeOrderableDBInstanceOptions",
    Version: "2014-10-31",
    Engine: "aurora-postgresql",
  });
  const role = { RoleArn: admin, RoleSessionName: "operator" };
  const assumed = await query("sts", { Action: "AssumeRole", Version: "2011-06-15", ...role });
  const of = (name: string) => new RegExp(`<${name}>([^<]+)<`).exec(assumed)?.[1] ?? "";
  return {
    ...{ AWS_ACCESS_KEY_ID: of("AccessKeyId"), AWS_SECRET_ACCESS_KEY: of("SecretAccessKey") },
    ...{ AWS_SESSION_TOKEN: of("SessionToken"), AWS_CREDENTIAL_EXPIRATION: of("Expiration") },
  };
}

/** Installs the real provider of AWS from its mirror, and those of clusters from one whose packages nobody opens. */
function providers(): Variables {
  const own = join(folder, "mirror");
  const platform = `linux_${process.arch === "arm64" ? "arm64" : "amd64"}`;
  for (const name of ["helm/3.1.1", "kubernetes/2.38.0"])
    mkdirSync(join(own, "registry.terraform.io/hashicorp", name, platform), { recursive: true });
  const blocks = [tools.mirror, own].map(
    (path) => `  filesystem_mirror {\n    path = "${path ?? ""}"\n  }\n`,
  );
  const file = join(folder, "mirrors.tfrc");
  writeFileSync(file, `provider_installation {\n${blocks.join("")}}\n`);
  return { TF_CLI_CONFIG_FILE: file };
}

/** What `doctor --json` prints goes through jq; with its exit code, and how long it took. */
async function examined(variables: Variables, ...selection: readonly string[]) {
  const own = mkdtempSync(join(folder, "run-"));
  const words = provisionWords().map((word) => `"${word}"`);
  const doctor = `"${process.execPath}" ${words.join(" ")} doctor --env "${folder}/prod.yaml" --json ${selection.join(" ")}`;
  const reader = tools.jq === undefined ? "cat" : "jq --compact-output .checks";
  const line = `(${doctor} 2> errors; echo $? > code) | ${reader}`;
  const command = { program: "sh", folder: own, variables: { ...variables, ...providers() } };
  const { output } = await runCommand(command, "-c", line);
  const ended = performance.now();
  const read = JSON.parse(output) as readonly Finding[] | { readonly checks: readonly Finding[] };
  const checks = "checks" in read ? read.checks : read;
  const of = (about: string) => checks.filter((finding) => finding.about === about);
  const failed = checks.filter(({ state }) => state === "failed").map(({ about }) => about);
  const code = Number(readFileSync(join(own, "code"), "utf8"));
  return { code, ended, checks, of, failed, said: readFileSync(join(own, "errors"), "utf8") };
}

const healthy = () => ({ ...moto.variables, AWS_ENDPOINT_URL: endpoint.url, ...credentials });

describe.skipIf(because !== undefined)(`doctor, by its command ${because ?? ""}`, () => {
  test("comes to an end in time where an endpoint accepts everything and says nothing", async () => {
    const { code, ended, of, failed, said } = await hanging;
    expect({ code, failed, said }).toEqual({ code: 4, failed: ["credentials"], said: "" });
    expect(of("credentials")[0]?.found).toMatch(/^AWS did not answer in time$|^not answered within \d+ s$/);
    for (const about of ["locks", writes, "quotas", "clock"])
      expect(of(about)[0]?.found).toMatch(/^not asked, see credentials$|^not answered within \d+ s$/);
    expect((ended - silent.firstAsked()) / 1000).toBeLessThan(mostSeconds);
  });

  test("does not wait for a program that never gives credentials", async () => {
    const { code, ended, failed, of } = await fetching;
    expect({ code, failed }).toEqual({ code: 4, failed: ["credentials"] });
    expect(of("credentials")[0]?.found).toMatch(
      /^profile "slow" \(AWS_PROFILE\) did not provide credentials|^not answered within/,
    );
    const asked = statSync(join(folder, "asked")).mtimeMs - performance.timeOrigin;
    expect((ended - asked) / 1000).toBeLessThan(mostSeconds);
  });

  test("fails nothing in an account that has everything but the first apply's bucket", busy, async () => {
    const { code, failed, of } = await examined(healthy(), ...one);
    expect({ code, failed }).toEqual({ code: 0, failed: [] });
    for (const about of [writes, "locks"])
      expect(of(about)).toMatchObject([{ state: "skipped", found: expect.stringContaining("first apply") }]);
  });

  describe("after the first apply", () => {
    beforeAll(() => createBucket(moto.url, bucket));

    test(
      "finds everything in an account that has everything, and compares its own quotas",
      busy,
      async () => {
        const { code, checks, of, said } = await examined(healthy());
        expect({ code, said }).toEqual({ code: 0, said: "" });
        const programs = ["aws", "session-manager-plugin", "kubectl", "helm"];
        const others = checks.filter(({ about, state }) => state !== "ok" && !programs.includes(about));
        expect(others.map(({ about, found }) => [about, found])).toEqual([
          ["network-operations: services of interface endpoints", notInEmulator],
          ["aurora: the offered engine versions of databases", notInEmulator],
        ]);
        expect(of("quotas")[0]?.found).toContain("VPCs per Region: 1 needed of 5, of which others use 1;");
        expect(of("quotas")[0]?.found).toMatch(/instances, in vCPUs: 170 needed of 640/);
        expect(of("Terraform")[0]?.found).toMatch(/^Terraform \d+\.\d+\.\d+ /);
      },
    );

    test("finds storage in which no lock holds", busy, async () => {
      endpoint.honoursConditions = false;
      const { code, failed, of } = await examined(healthy(), ...one);
      endpoint.honoursConditions = true;
      expect({ code, failed }).toEqual({ code: 4, failed: [writes] });
      expect(of(writes)[0]?.found).toContain("no lock holds there");
    });
  });

  test("names credentials that AWS does not accept, and asks nothing else with them", busy, async () => {
    // From now on, the emulator knows who asks.
    await fetch(`${moto.url}/moto-api/reset-auth`, { method: "POST", body: "0" });
    const { code, failed, of } = await examined({
      ...healthy(),
      AWS_ACCESS_KEY_ID: "AKIAWRONG",
      AWS_SESSION_TOKEN: "",
    });
    expect({ code, failed }).toEqual({ code: 4, failed: ["credentials"] });
    expect(of("credentials")[0]?.found).toMatch(
      /^AWS does not accept the keys in AWS_ACCESS_KEY_ID, "InvalidClientTokenId/,
    );
    expect(of(writes)).toMatchObject([{ state: "skipped", found: "not asked, see credentials" }]);
  });
});
