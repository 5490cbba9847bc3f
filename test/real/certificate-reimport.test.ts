import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstCertificate } from "../../modules/route53/certificate/first";
import { firstCertificateVariable } from "../../modules/route53/certificate/synchronised";
import { route53 } from "../../modules/route53/layer";
import { issue } from "../certificates";
import { synthLayer } from "../synth";
import { type Moto, signedRequest, startMoto } from "./moto";
import { realProviders, succeed, terraform, type Variables } from "./terraform";
import { missing } from "./tools";

const because = missing("terraform", "mirror", "moto");
const domain = "example.edge.example.com";
const lower = issue({ name: "Example Authority", authority: true });
const renewed = issue({
  name: domain,
  names: [domain, `*.${domain}`],
  by: lower,
  keys: generateKeyPairSync("ec", { namedCurve: "P-384" }),
});

let moto: Moto;
let folder: string;
let variables: Variables;

describe.skipIf(because !== undefined)(`the certificate that the platform imports ${because ?? ""}`, () => {
  beforeAll(async () => {
    moto = await startMoto();
    folder = mkdtempSync(join(tmpdir(), "reimport-"));
    variables = { ...moto.variables, ...realProviders(folder) };
  });
  afterAll(() => {
    moto.stop();
    rmSync(folder, { recursive: true });
  });

  test("is no change to the next plan, which would undo it if Terraform compared what it imported", async () => {
    write({});
    await succeed(folder, variables, "init", "-input=false");
    await succeed(folder, { ...variables, ...generated() }, "apply", "-input=false", "-auto-approve");
    expect(await planned()).toBe(0);
    await reimport();
    expect(await planned()).toBe(0);
    write({ lifecycle: {} });
    expect(await planned()).toBe(2);
  }, 300_000);
});

/** The certificate as the layer synthesises it, alone, with these arguments in place of its own. */
function write(more: Readonly<Record<string, unknown>>): void {
  const edit = (raw: { account?: unknown }) => {
    raw.account = "123456789012";
  };
  const { json } = synthLayer(route53, { edit });
  const certificates = json.resource?.["aws_acm_certificate"] ?? {};
  expect(Object.keys(certificates)).toEqual(["platform-certificate"]);
  const alone = Object.entries(certificates).map(([name, given]) => [name, { ...given, ...more }]);
  const layer = {
    ...json,
    terraform: { ...json.terraform, backend: { local: {} } },
    resource: { aws_acm_certificate: Object.fromEntries(alone) },
    data: undefined,
    output: undefined,
  };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(layer));
}

/** Another one in every run, of which only the first is used. */
function generated(): Variables {
  const first = firstCertificate(domain, { now: new Date(), randomBytes });
  return { [`TF_VAR_${firstCertificateVariable}`]: JSON.stringify(first) };
}

/** 0: nothing would change; 2: something would. */
async function planned(): Promise<number> {
  const { code } = await terraform(
    folder,
    { ...variables, ...generated() },
    "plan",
    "-input=false",
    "-detailed-exitcode",
  );
  return code;
}

/**
 * As cert-synchronizer does it: with the ARN that it finds by the tag, and without tags, which ACM keeps and takes none of then.
 * https://docs.aws.amazon.com/acm/latest/userguide/import-reimport.html
 */
async function reimport(): Promise<void> {
  const { CertificateSummaryList } = await call<{ CertificateSummaryList: { CertificateArn: string }[] }>(
    "ListCertificates",
    {},
  );
  expect(CertificateSummaryList).toHaveLength(1);
  const CertificateArn = CertificateSummaryList[0]?.CertificateArn ?? "";
  const before = await call<{ Tags: object[] }>("ListTagsForCertificate", { CertificateArn });
  expect(before.Tags).toContainEqual({ Key: "Name", Value: "acm-certificate-example" });
  const encoded = (pem: string) => Buffer.from(pem).toString("base64");
  await call("ImportCertificate", {
    CertificateArn,
    Certificate: encoded(renewed.certificate),
    CertificateChain: encoded(lower.certificate),
    PrivateKey: encoded(renewed.privateKey),
  });
  // The emulator makes a new certificate of the same ARN, which has none of the tags.
  await call("AddTagsToCertificate", { CertificateArn, Tags: before.Tags });
}

async function call<Answer>(operation: string, input: object): Promise<Answer> {
  const answer = await signedRequest(moto.url, "acm", {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `CertificateManager.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  // ACM's answer; some operations have none.
  return JSON.parse(text === "" ? "{}" : text) as Answer;
}
