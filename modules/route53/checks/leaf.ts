import type { KeyObject, X509Certificate } from "node:crypto";
import type { Problem } from "../../../lib/layer/layer";
import { fileProblem } from "./report";
import { validityProblem } from "./validity";

/**
 * What both ACM and load balancers take. ACM also imports RSA of 1024 bits; load balancers do not list it, and Security Hub
 * reports it (ACM.2): https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
 */
const rsaBits: readonly (number | undefined)[] = [2048, 3072, 4096];
/** OpenSSL's names of the curves P-256, P-384 and P-521. */
const curves: readonly (string | undefined)[] = ["prime256v1", "secp384r1", "secp521r1"];
const accepted = "RSA with 2048, 3072 or 4096 bits, and ECDSA with the curve P-256, P-384 or P-521";

/** Extended key usages with which clients accept a server: https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12 */
const serverUsages = ["1.3.6.1.5.5.7.3.1", "2.5.29.37.0"];

/** Reports what is wrong with the certificate itself. */
export function leafProblems(
  certificate: X509Certificate,
  { domain, now }: { readonly domain: string; readonly now: Date },
): readonly Problem[] {
  const found = [
    keyAlgorithm(certificate),
    purpose(certificate),
    validityProblem(certificate, { now, setting: "certificateFile", subject: "" }),
    ...uncovered(certificate, domain),
  ];
  return found.filter((each) => each !== undefined);
}

function keyAlgorithm(certificate: X509Certificate): Problem | undefined {
  const name = refusedAlgorithm(certificate);
  if (name === undefined) return undefined;
  return fileProblem(
    "certificateFile",
    `has a key of the algorithm ${name}; ACM and load balancers take ${accepted}`,
    "Request a certificate with such a key, and specify both",
  );
}

function refusedAlgorithm(certificate: X509Certificate): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = publicKey(certificate) ?? {};
  const { modulusLength: bits, namedCurve: curve } = details ?? {};
  if (type === "rsa") return rsaBits.includes(bits) ? undefined : `RSA with ${bits ?? "unknown"} bits`;
  if (type === "ec") return curves.includes(curve) ? undefined : `ECDSA with the curve ${curve ?? "unknown"}`;
  return type ?? "unknown";
}

/** OpenSSL throws for algorithms that it does not know. */
function publicKey(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

/** Node names the extended usages so; without the extension it is undefined, in spite of Node's types. */
function purpose({ keyUsage }: { readonly keyUsage: readonly string[] | undefined }): Problem | undefined {
  if (keyUsage === undefined || keyUsage.some((usage) => serverUsages.includes(usage))) return undefined;
  return fileProblem(
    "certificateFile",
    "is not for the authentication of servers",
    'Request a certificate with the extended key usage "serverAuth"',
  );
}

/** A wildcard of the parent domain covers the domain itself, but not the names below it. */
function uncovered(certificate: X509Certificate, domain: string): readonly Problem[] {
  const wildcard = `*.${domain}`;
  const names = (certificate.subjectAltName ?? "").split(", ").map((entry) => entry.toLowerCase());
  const missing = [
    ...(certificate.checkHost(domain, { subject: "never" }) === undefined ? [domain] : []),
    ...(names.includes(`dns:${wildcard}`) ? [] : [wildcard]),
  ];
  return missing.map((name) =>
    fileProblem(
      "certificateFile",
      `does not cover "${name}"`,
      `Request a certificate with the subject alternative name "${name}"`,
    ),
  );
}
