import { isCertificate, type PemBlock, pemBlocks } from "./pem";

/** Labels of private keys without a passphrase: https://www.rfc-editor.org/rfc/rfc7468#section-10, PKCS #1 and SEC 1. */
const keyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

/** The first certificate of a file, which may be followed by its chain. */
export function certificateBody(certificateFile: string): string {
  return pemBlocks(certificateFile).find(isCertificate)?.text ?? "";
}

/**
 * The certificates that follow the first one in its file, and then those of the chain file; each once, and without the
 * first, which must not be part of the chain: https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-format.html
 */
export function certificateChain(certificateFile: string, chainFile = ""): string {
  const certificates = [...pemBlocks(certificateFile), ...pemBlocks(chainFile)].filter(isCertificate);
  // By content, because programs break lines at different widths.
  const distinct = new Map(certificates.toReversed().map((block) => [contentOf(block), block]));
  const [first] = certificates;
  if (first !== undefined) distinct.delete(contentOf(first));
  return [...distinct.values()]
    .toReversed()
    .map(({ text }) => text)
    .join("");
}

/** The private key of a file, without e.g. the parameters of its curve, which ACM does not take. */
export function privateKey(privateKeyFile: string): string {
  return pemBlocks(privateKeyFile).find(({ label }) => keyLabels.includes(label))?.text ?? "";
}

const contentOf = ({ text }: PemBlock) => text.replaceAll("\n", "");
