import type { X509Certificate } from "node:crypto";
import type { Problem } from "../../../lib/layer/layer";
import { type FileSetting, fileProblem } from "./report";

/** Reports a certificate that is not valid now; ACM does not import it, or clients do not accept its chain. */
export function validityProblem(
  certificate: X509Certificate,
  {
    now,
    setting,
    subject,
  }: {
    readonly now: Date;
    readonly setting: FileSetting;
    /** The certificate in a file of several, with a space after it; empty for the first. */
    readonly subject: string;
  },
): Problem | undefined {
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (now > to)
    return fileProblem(
      setting,
      `${subject}expired on ${day(to)}`,
      "Renew the certificate, then run the command again",
    );
  if (now < from)
    return fileProblem(
      setting,
      `${subject}is not valid before ${day(from)}`,
      "Specify a certificate that is already valid",
    );
  return undefined;
}

const day = (date: Date) => date.toISOString().slice(0, 10);
