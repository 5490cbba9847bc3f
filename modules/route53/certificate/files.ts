import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

/** The certificate, its key and its chain; undefined if a file cannot be parsed. */
export interface CertificateFiles {
  readonly certificate: X509Certificate | undefined;
  readonly key: KeyObject | undefined;
  /** From the issuer of the certificate to the root. */
  readonly chain: readonly X509Certificate[] | undefined;
}

/** Parses the content of the three PEM files. */
export function parseCertificateFiles(pem: {
  readonly certificate: string;
  readonly privateKey: string;
  readonly chain: string;
}): CertificateFiles {
  return {
    certificate: attempt(() => new X509Certificate(pem.certificate)),
    key: attempt(() => createPrivateKey(pem.privateKey)),
    chain: attempt(() => parseChain(pem.chain)),
  };
}

function parseChain(pem: string): readonly X509Certificate[] | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  return blocks?.map((block) => new X509Certificate(block));
}

/** Returns undefined instead of OpenSSL's exceptions, whose messages do not help the user. */
function attempt<Parsed>(parse: () => Parsed): Parsed | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
