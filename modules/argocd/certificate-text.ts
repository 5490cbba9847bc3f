import { X509Certificate } from "node:crypto";

const block = /-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----/g;

/** Whether a text consists of certificates in PEM, and of nothing else. */
export function areCertificates(text: string): boolean {
  const found = text.match(block) ?? [];
  return found.length > 0 && text.replaceAll(block, "").trim() === "" && found.every(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
