import { X509Certificate } from "node:crypto";
import { z } from "zod";

const block = /-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----/g;

/** A text that consists of certificates in PEM, and of nothing else. */
export const certificates = z
  .string()
  .refine(areCertificates, "must be PEM certificates, each from BEGIN CERTIFICATE to END CERTIFICATE");

function areCertificates(text: string): boolean {
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
