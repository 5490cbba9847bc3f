import type { X509Certificate } from "node:crypto";
import { z } from "zod";
import { awsCall, sent } from "../../lib/layer/aws-call";
import { type Check, check, type Hindrance, type Preflight, preflight } from "../../lib/layer/preflight";
import type { Refusal } from "../../lib/layer/question";
import { parseCertificateFiles } from "./certificate/files";
import { signsItself } from "./certificate/public-roots";
import type { Settings } from "./settings";

type Existing = Extract<z.output<typeof Settings>["certificate"], { source: "existing" }>;
/** From a certificate to its root. */
type Served = readonly [X509Certificate, ...X509Certificate[]];

const held = z.object({ certificate: z.string(), chain: z.string(), privateKey: z.string() });

/**
 * Load balancers serve the certificate in ACM, and the cluster the one in the secret; several services of the platform trust
 * the latter alone. GetSecretValue is among the rights already, because the argocd layer reads the same secret.
 */
export function certificatePreflight({
  certificate,
}: {
  readonly certificate: z.output<typeof Settings>["certificate"];
}): readonly Preflight[] {
  if (certificate.source !== "existing") return [];
  const { arn } = certificate;
  return [
    preflight({
      about: "the certificate in ACM and that in its secret",
      call: awsCall("acm", "GetCertificate", { CertificateArn: arn }),
      actions: ["acm:GetCertificate"],
      verdict: ({ Certificate, CertificateChain }) => {
        const served = chainOf(sent(Certificate, "Certificate"), CertificateChain);
        return served === undefined ? undefined : secretCheck(certificate, served);
      },
      verdictOnRefusal: ({ code }) => refusedCertificate(arn, code),
    }),
  ];
}

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_GetCertificate.html#API_GetCertificate_Errors */
function refusedCertificate(arn: string, code: Refusal["code"]): Hindrance | undefined {
  if (code === "ResourceNotFoundException")
    return {
      reason: `layers.route53.certificate.arn is "${arn}", and ACM has no such certificate`,
      cure: "To list those that it has, run: aws acm list-certificates --output table",
    };
  if (code === "RequestInProgressException")
    return {
      reason: `the certificate "${arn}" in layers.route53.certificate.arn is not issued yet`,
      cure: "Specify one that is issued, with the same in layers.route53.certificate.secretArn",
    };
  return undefined;
}

function secretCheck({ arn, secretArn }: Existing, served: Served): Check {
  return check({
    call: awsCall("secrets-manager", "GetSecretValue", { SecretId: secretArn }),
    verdict: ({ SecretString }) => {
      const problem = secretProblem(SecretString ?? "", served);
      if (problem !== undefined)
        return {
          reason: `the secret in layers.route53.certificate.secretArn ${problem}`,
          cure: `Import the content of the secret into ${arn} (aws acm import-certificate), or put that of ACM into the secret (aws secretsmanager put-secret-value)`,
        };
      return undefined;
    },
    verdictOnRefusal: ({ code }) =>
      code === "ResourceNotFoundException"
        ? {
            reason: `layers.route53.certificate.secretArn is "${secretArn}", and Secrets Manager has no such secret`,
            cure: "To list those that it has, run: aws secretsmanager list-secrets --output table",
          }
        : undefined,
  });
}

/** What is wrong with the content of the secret, without any of it. */
function secretProblem(text: string, [leaf, ...chain]: Served): string | undefined {
  const { data: pem } = held.safeParse(parsed(text));
  if (pem === undefined) return 'is not a JSON object with the texts "certificate", "chain" and "privateKey"';
  const files = { certificateFile: pem.certificate, chainFile: pem.chain, privateKeyFile: pem.privateKey };
  const { certificates, chain: ownChain, key } = parseCertificateFiles(files);
  if (certificates === undefined || ownChain === undefined || key === undefined)
    return "has a certificate, a chain or a private key that is no PEM text";
  const [own] = certificates;
  if (!own.checkPrivateKey(key)) return "has a private key that is not that of its certificate";
  if (own.fingerprint256 !== leaf.fingerprint256)
    return `has another certificate (${shown(own)}) than ACM (${shown(leaf)})`;
  if (printsOf(ownChain) !== printsOf(chain))
    return `has another chain (${namesOf(ownChain)}) than ACM (${namesOf(chain)})`;
  return undefined;
}

/** JSON.parse quotes what it cannot read. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function chainOf(certificateFile: string, chainFile: string | undefined): Served | undefined {
  const { certificates, chain = [] } = parseCertificateFiles({
    certificateFile,
    chainFile,
    privateKeyFile: "",
  });
  return certificates === undefined ? undefined : [certificates[0], ...chain];
}

/** Without the root, which ACM need not have: clients have it themselves. */
const betweenThem = (chain: readonly X509Certificate[]) => chain.filter((each) => !signsItself(each));
const printsOf = (chain: readonly X509Certificate[]) =>
  betweenThem(chain)
    .map(({ fingerprint256 }) => fingerprint256)
    .join(" ");

function namesOf(chain: readonly X509Certificate[]): string {
  const names = betweenThem(chain).map(({ subject }) => subject.split("\n").at(-1) ?? "");
  return names.length === 0 ? "none" : names.join(", ");
}

function shown({ serialNumber, validTo }: X509Certificate): string {
  return `serial number ${serialNumber}, until ${new Date(validTo).toISOString().slice(0, 10)}`;
}
