import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

/** The certificate, its key and its chain; undefined for a file whose content is none of these. */
export interface CertificateFiles {
  readonly certificate: X509Certificate | undefined;
  readonly key: KeyObject | undefined;
  /** From the issuer of the certificate upwards. */
  readonly chain: readonly X509Certificate[] | undefined;
}

/** Reads the content of three PEM files. */
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

/** OpenSSL says by an exception that something is not what it should be, in words that help nobody. */
function attempt<Parsed>(parse: () => Parsed): Parsed | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
