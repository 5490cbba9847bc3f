import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { certificateChain, privateKey } from "./arguments";
import { isCertificate, pemBlocks } from "./pem";

/** The content of the PEM files. */
export interface CertificateTexts {
  readonly certificateFile: string;
  readonly privateKeyFile: string;
  /** Without a chain file, the chain follows the certificate in its file, or there is none. */
  readonly chainFile: string | undefined;
}

/** The certificate, its key and its chain; undefined if a file cannot be parsed. */
export interface CertificateFiles {
  /** All certificates of the certificate file. */
  readonly certificates: readonly [X509Certificate, ...X509Certificate[]] | undefined;
  readonly key: KeyObject | undefined;
  /** From the issuer of the certificate to the root. */
  readonly chain: readonly X509Certificate[] | undefined;
}

/** Parses the content of the PEM files. */
export function parseCertificateFiles(texts: CertificateTexts): CertificateFiles {
  const [first, ...others] = attempt(() => certificatesIn(texts.certificateFile)) ?? [];
  return {
    certificates: first === undefined ? undefined : [first, ...others],
    key: attempt(() => createPrivateKey(privateKey(texts.privateKeyFile))),
    chain: attempt(() => certificatesIn(certificateChain(texts.certificateFile, texts.chainFile))),
  };
}

function certificatesIn(text: string): readonly X509Certificate[] {
  return pemBlocks(text)
    .filter(isCertificate)
    .map((block) => new X509Certificate(block.text));
}

/** Returns undefined instead of OpenSSL's exceptions, whose messages do not help the user. */
function attempt<Parsed>(parse: () => Parsed): Parsed | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
