import { expect, test } from "vitest";
import type { Check } from "../../lib/layer/preflight";
import { certificatePreflight } from "../../modules/route53/preflight";
import { awsError } from "../provision/aws-error";
import { FakeAws } from "../provision/fake-aws";
import { FakeWorld } from "../provision/fake-world";
import { run } from "../provision/runs";
import { defineLayer } from "../../lib/layer/layer";
import { UserError } from "../../lib/errors";
import { z } from "zod";
import { issue } from "../certificates";
import { cellar } from "../provision/toys";

const arn = "arn:aws:acm:us-west-2:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const secretArn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:certificate-AbCdEf";
const root = issue({ name: "Example Root", authority: true });
const upper = issue({ name: "Example Upper", by: root, authority: true });
const lower = issue({ name: "Example Lower", by: upper, authority: true });
const server = issue({ name: "dev.edge.example.com", by: lower });
const other = issue({ name: "dev.edge.example.com", by: lower, to: new Date("2028-03-01T00:00:00Z") });
const whole = lower.certificate + upper.certificate + root.certificate;
const secret = { certificate: server.certificate, chain: whole, privateKey: server.privateKey };
const inAcm = { Certificate: server.certificate, CertificateChain: lower.certificate + upper.certificate };

const careful = defineLayer({
  ...{ name: "careful", summary: "Checks", settings: z.strictObject({}), needs: {}, outputs: {} },
  preflight: () => certificatePreflight({ certificate: { source: "existing", arn, secretArn } }),
  build: () => ({}),
});

/** What stops a run with this certificate in ACM and this secret, either of which AWS may refuse to give. */
async function stopped(acm: object, held: object | string): Promise<string> {
  const world = new FakeWorld();
  const aws = new FakeAws(world);
  if (acm instanceof Error) aws.refusals.set("acm GetCertificate", acm);
  else aws.answers.set("acm GetCertificate", acm);
  const name = "secrets-manager GetSecretValue";
  if (held instanceof Error) aws.refusals.set(name, held);
  else aws.answers.set(name, { SecretString: typeof held === "string" ? held : JSON.stringify(held) });
  const outcome = await run(world, "plan --env dev --only careful", [cellar, careful]);
  const printed = JSON.stringify([outcome, world.printed, [...world.texts.values()]]);
  for (const [, line = ""] of [server, other].map(({ privateKey }) => privateKey.split("\n")))
    expect(printed).not.toContain(line);
  const stops = outcome instanceof UserError && outcome.exitCode === 4;
  const unknown = world.printed.filter((line) => line.includes("Not checked")).join("\n");
  return stops ? `${outcome.message.replace('Cannot plan "dev": ', "")}\n${outcome.hint}` : unknown.trim();
}

test("the same certificate, with or without its root, lets a run start", async () => {
  expect(await stopped(inAcm, secret)).toBe("");
  expect(await stopped({ ...inAcm, CertificateChain: whole }, secret)).toBe("");
  expect(await stopped(inAcm, { ...secret, certificate: server.certificate + whole, chain: "" })).toBe("");
  const self = issue({ name: "dev.edge.example.com" });
  const alone = { certificate: self.certificate, chain: "", privateKey: self.privateKey };
  expect(await stopped({ Certificate: self.certificate }, alone)).toBe("");
});

const wrong = "the secret in layers.route53.certificate.secretArn";
const cure = `Import the content of the secret into ${arn} (aws acm import-certificate), or put that of ACM into the secret (aws secretsmanager put-secret-value)`;

test.each<[what: string, held: object | string, problem: string | RegExp]>([
  [
    "another certificate",
    { ...secret, certificate: other.certificate, privateKey: other.privateKey },
    /has another certificate \(serial number [0-9A-F]+, until 2028-03-01\) than ACM \(serial number [0-9A-F]+, until 2027-01-01\)/,
  ],
  [
    "a chain that leaves one out",
    { ...secret, chain: lower.certificate },
    "has another chain (CN=Example Lower) than ACM (CN=Example Lower, CN=Example Upper)",
  ],
  [
    "no chain",
    { ...secret, chain: "" },
    "has another chain (none) than ACM (CN=Example Lower, CN=Example Upper)",
  ],
  [
    "the key of another certificate",
    { ...secret, privateKey: other.privateKey },
    "has a private key that is not that of its certificate",
  ],
  [
    "no key",
    { ...secret, privateKey: "none" },
    "has a certificate, a chain or a private key that is no PEM text",
  ],
  [
    "no JSON",
    server.privateKey,
    'is not a JSON object with the texts "certificate", "chain" and "privateKey"',
  ],
  ["a part of it", { certificate: server.certificate }, /is not a JSON object with the texts/],
])("a secret with %s stops a run, and nothing of it is shown", async (_, held, problem) => {
  const said = await stopped(inAcm, held);
  expect(said.startsWith(`${wrong} `)).toBe(true);
  if (typeof problem === "string") expect(said.split("\n")[0]).toBe(`${wrong} ${problem}`);
  else expect(said).toMatch(problem);
  expect(said).toContain(`${cure}; then run: `);
});

test("a certificate or a secret that does not exist stops a run", async () => {
  const missing = awsError("ResourceNotFoundException", "not found");
  expect(await stopped(missing, secret)).toMatch(
    `layers.route53.certificate.arn is "${arn}", and ACM has no such certificate\nTo list those that it has, run: aws acm list-certificates --output table; `,
  );
  expect(await stopped(inAcm, missing)).toMatch(
    `layers.route53.certificate.secretArn is "${secretArn}", and Secrets Manager has no such secret\nTo list those that it has, run: aws secretsmanager list-secrets --output table; `,
  );
  expect(await stopped(awsError("RequestInProgressException", "not issued"), secret)).toMatch(
    `the certificate "${arn}" in layers.route53.certificate.arn is not issued yet\nSpecify one that is issued, with the same in layers.route53.certificate.secretArn; `,
  );
});

test("without permission for either, the run goes on and says so", async () => {
  const denied = awsError("AccessDeniedException", "not authorized");
  const line =
    'Not checked: the certificate in ACM and that in its secret; AWS says "AccessDeniedException: not authorized"';
  expect(await stopped(denied, secret)).toBe(line);
  expect(await stopped(inAcm, denied)).toBe(line);
});

test("only an existing certificate is compared, and only the call for it needs another right", () => {
  const checks = certificatePreflight({ certificate: { source: "existing", arn, secretArn } });
  expect(checks.map((check: Check & { readonly actions: readonly string[] }) => check.actions)).toEqual([
    ["acm:GetCertificate"],
  ]);
  expect(certificatePreflight({ certificate: { source: "lets-encrypt" } })).toEqual([]);
});
