import { X509Certificate } from "node:crypto";
// A list that Node brings along: nothing is connected.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports
import { rootCertificates } from "node:tls";

/** The public root that issued a certificate, or that another authority has signed too; `roots` are PEM. */
export function publicRootOf(
  last: X509Certificate,
  roots: readonly string[] = rootCertificates,
): X509Certificate | undefined {
  return roots
    .map((pem) => new X509Certificate(pem))
    .find((root) => isIssuedBy(last, root) || isSame(root, last));
}

/** Clients have the one that signs itself, and accept the chain with it. */
function isSame(root: X509Certificate, last: X509Certificate): boolean {
  return root.subject === last.subject && root.publicKey.equals(last.publicKey);
}

/** Whether a certificate is signed by that of its issuer. */
export function isIssuedBy(lower: X509Certificate, upper: X509Certificate): boolean {
  return lower.checkIssued(upper) && lower.verify(upper.publicKey);
}

/** Whether a certificate is a root. */
export function signsItself(certificate: X509Certificate): boolean {
  return isIssuedBy(certificate, certificate);
}
