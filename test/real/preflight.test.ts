import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { UserError } from "../../lib/errors";
import { offeringsCheck } from "../../lib/aws-facts/instance-offerings";
import type { Environment } from "../../lib/layer/environment-schema";
import { defineLayer } from "../../lib/layer/layer";
import type { Preflight } from "../../lib/layer/preflight";
import { callerCheck } from "../../modules/argocd/preflight";
import { namesakeCheck } from "../../modules/audit/preflight";
import { adminRoleChecks } from "../../modules/eks/preflight/admin-roles";
import { platformRolesCheck } from "../../modules/pod-roles/preflight";
import { certificatePreflight } from "../../modules/route53/preflight";
import { zonesCheck } from "../../modules/vpc/zones-check";
import { awsSdk } from "../../scripts/provision/world/aws";
import { issue, type Issued } from "../certificates";
import { FakeWorld } from "../provision/fake-world";
import { run } from "../provision/runs";
import { cellar } from "../provision/toys";
import { loadConfig } from "../synth";
import { type Moto, startMoto } from "./moto";
import { missing } from "./tools";

const because = missing("aws", "moto");
const { environment } = loadConfig({ config: "dev" });
const { account, region, zones } = environment;
const admin = environment.access.adminRoleArns[0] ?? "";

let moto: Moto;

/** The AWS CLI as an operator would type it; what it printed. */
function aws(...args: string[]): string {
  const env = { ...process.env, AWS_DEFAULT_REGION: region, ...moto.variables };
  return execFileSync("aws", args, { env, stdio: "pipe", encoding: "utf8" }).trim();
}

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }],
});

function createRole(name: string, ...more: string[]): void {
  aws("iam", "create-role", "--role-name", name, "--assume-role-policy-document", trust, ...more);
}

/** What stops a plan with these checks; only the SDK is real. */
async function stoppedBy(
  checks: readonly Preflight[],
  credentials: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const world = new FakeWorld();
  world.environment = { ...moto.variables, ...credentials };
  Object.assign(world.aws, awsSdk());
  Object.assign(world.clock, { now: () => new Date() });
  const careful = defineLayer({
    ...{ name: "careful", summary: "Checks", settings: z.strictObject({}), needs: {}, outputs: {} },
    preflight: () => checks,
    build: () => ({}),
  });
  const outcome = await run(world, "plan --env dev --only careful", [cellar, careful]);
  expect(world.printed.filter((line) => line.includes("Not checked"))).toEqual([]);
  expect(world.commands.filter(({ program }) => program === "aws")).toEqual([]);
  // Without a real Terraform, a plan that starts ends in another error.
  const { message = "" } = outcome as Partial<UserError>;
  return message.startsWith('Cannot plan "dev": ') ? message.slice(19).split("\n") : [];
}

const inRegion = ["--create-bucket-configuration", `LocationConstraint=${region}`];
const zonesOf = (...names: readonly string[]): Environment => ({ ...environment, zones: [...names] });

describe.skipIf(because !== undefined)(`preflight with the real SDK ${because ?? ""}`, () => {
  beforeAll(async () => {
    moto = await startMoto();
    createRole("platform-admin");
    // The emulator loads a service at its first call, on a busy machine for longer than a check waits.
    aws("ec2", "describe-availability-zones");
    aws("s3api", "list-buckets");
    aws("acm", "list-certificates");
    aws("secretsmanager", "list-secrets");
  });
  afterAll(() => {
    moto.stop();
  });

  test("accepts zones that exist, and offers those that do", async () => {
    expect(await stoppedBy([zonesCheck(environment)])).toEqual([]);
    expect(await stoppedBy([zonesCheck(zonesOf(...zones.slice(0, 2), `${region}x`))])).toEqual([
      `zones lists "${region}x", which this account does not have`,
    ]);
  });

  test("accepts an existing certificate whose secret has the same, and no other", async () => {
    const folder = mkdtempSync(join(tmpdir(), "certificate-"));
    const lower = issue({ name: "Example Lower", by: issue({ name: "Example Root" }) });
    const server = issue({ name: "dev.edge.example.com", by: lower });
    const other = issue({ name: "dev.edge.example.com", by: lower });
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return `fileb://${join(folder, name)}`;
    };
    const pem = {
      "--certificate": file("crt", server.certificate),
      "--certificate-chain": file("chain", lower.certificate),
      "--private-key": file("key", server.privateKey),
    };
    const text = ["--output", "text", "--query"];
    const arn = aws("acm", "import-certificate", ...Object.entries(pem).flat(), ...text, "CertificateArn");
    // The emulator adds a certificate of Amazon to every chain.
    const chain = aws("acm", "get-certificate", "--certificate-arn", arn, ...text, "CertificateChain");
    expect(chain).toContain(lower.certificate.trim());
    const secretOf = (name: string, { certificate, privateKey }: Issued) => {
      const held = JSON.stringify({ certificate, chain, privateKey });
      return aws("secretsmanager", "create-secret", "--name", name, "--secret-string", held, ...text, "ARN");
    };
    const existing = (given: string, secretArn: string) =>
      stoppedBy(certificatePreflight({ certificate: { source: "existing", arn: given, secretArn } }));
    const secretArn = secretOf("same", server);
    expect(await existing(arn, secretArn)).toEqual([]);
    expect(await existing(arn, secretOf("other", other))).toEqual([
      expect.stringContaining("layers.route53.certificate.secretArn has another certificate (serial number "),
    ]);
    const nowhere = arn.replace(/[^/]+$/, "00000000-0000-0000-0000-000000000000");
    expect(await existing(nowhere, secretArn)).toEqual([
      `layers.route53.certificate.arn is "${nowhere}", and ACM has no such certificate`,
    ]);
    expect(await existing(arn, secretArn.replace("same", "none"))).toEqual([
      expect.stringContaining("and Secrets Manager has no such secret"),
    ]);
    rmSync(folder, { recursive: true });
  });

  test("accepts instance types that the zones offer, and names another for one that a zone lacks", async () => {
    const check = (instanceType: string) => {
      const everyZone = [...zones, `${region}d`];
      return offeringsCheck("types", [{ setting: "type", instanceType, zones: everyZone }]);
    };
    expect(await stoppedBy([check("m6i.4xlarge")])).toEqual([]);
    expect(await stoppedBy([check("m4.4xlarge")])).toEqual([
      `type is "m4.4xlarge", which EC2 does not offer in ${region}d`,
    ]);
  });

  test("accepts the listed roles, with their paths", async () => {
    expect(await stoppedBy(adminRoleChecks(environment))).toEqual([]);
    createRole("nested", "--path", "/team/");
    const listed = (adminRoleArns: string[]) => ({
      ...environment,
      access: { ...environment.access, adminRoleArns },
    });
    const flat = `arn:aws:iam::${account}:role/nested`;
    expect(await stoppedBy(adminRoleChecks(listed([flat])))).toEqual([
      `access.adminRoleArns lists "${flat}", but the ARN of this role is "arn:aws:iam::${account}:role/team/nested"`,
    ]);
    expect(await stoppedBy(adminRoleChecks(listed([flat.replace("nested", "nobody")])))).toEqual([
      `access.adminRoleArns lists "arn:aws:iam::${account}:role/nobody", but the account has no role "nobody"`,
    ]);
  });

  test("accepts a caller with one of them, and tells another what to add", async () => {
    createRole("deployer", "--path", "/ci/");
    const assumed = (arn: string) => {
      const query = "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]";
      const assume = [
        "sts",
        "assume-role",
        "--role-arn",
        arn,
        "--role-session-name",
        "operator",
        "--query",
        query,
      ];
      const [id = "", key = "", token = ""] = aws(...assume, "--output", "text").split("\t");
      return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key, AWS_SESSION_TOKEN: token };
    };
    expect(await stoppedBy([callerCheck(environment)], assumed(admin))).toEqual([]);
    const deployer = assumed(`arn:aws:iam::${account}:role/ci/deployer`);
    expect(await stoppedBy([callerCheck(environment)], deployer)).toEqual([
      'the credentials are of the role "deployer", which is not in access.adminRoleArns: the Kubernetes API would answer "Unauthorized"',
    ]);
    expect(await stoppedBy([callerCheck(environment)])).toEqual([
      expect.stringMatching(/^the credentials are of /),
    ]);
  });

  test("accepts an environment whose buckets are in its own region, and finds roles of another cluster", async () => {
    // The emulator does not say where a bucket is.
    aws("s3api", "create-bucket", "--bucket", `dev-${account}-access-logs`, ...inRegion);
    const checks = [namesakeCheck(environment), platformRolesCheck(environment)];
    expect(await stoppedBy(checks)).toEqual([]);
    createRole("dev-s3-role");
    expect(await stoppedBy(checks)).toEqual([
      expect.stringMatching(
        /^the account already has a role "dev-s3-role" that this environment did not create/,
      ),
    ]);
    aws(
      "iam",
      "tag-role",
      "--role-name",
      "dev-s3-role",
      "--tags",
      "Key=environment,Value=dev",
      "Key=layer,Value=pod-roles",
    );
    expect(await stoppedBy(checks)).toEqual([]);
  });
});
