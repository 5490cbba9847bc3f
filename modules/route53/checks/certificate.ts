import type { X509Certificate } from "node:crypto";
import type { z } from "zod";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import { type CertificateFiles, parseCertificateFiles } from "../certificate/files";
import { chainProblem } from "./chain";
import type { Settings } from "../settings";

interface CheckInputs {
  readonly environment: Pick<Environment, "name" | "domain">;
  readonly settings: z.output<typeof Settings>;
  readonly read: (path: string) => string | undefined;
  readonly now: Date;
}

type FileSetting = "certificateFile" | "privateKeyFile" | "chainFile";

/** Reports problems with the PEM files of an imported certificate. */
export function certificateProblems({ environment, settings, read, now }: CheckInputs): readonly Problem[] {
  const { certificate: choice } = settings;
  if (choice.source !== "pem") return [];
  const texts = {
    certificate: read(choice.certificateFile),
    privateKey: read(choice.privateKeyFile),
    chain: read(choice.chainFile),
  };
  const { certificate, privateKey, chain } = texts;
  if (certificate === undefined || privateKey === undefined || chain === undefined) {
    const unread = [
      certificate === undefined && unreadable("certificateFile", choice.certificateFile),
      privateKey === undefined && unreadable("privateKeyFile", choice.privateKeyFile),
      chain === undefined && unreadable("chainFile", choice.chainFile),
    ];
    return unread.filter((problem) => problem !== false);
  }
  const files = parseCertificateFiles({ certificate, privateKey, chain });
  return [
    ...formProblems(files),
    ...contentProblems(files, { domain: orchestratorDomain(environment), now }),
  ];
}

function problem(setting: FileSetting, message: string, hint: string): Problem {
  return { path: ["layers", "route53", "certificate", setting], message, hint };
}

function unreadable(setting: FileSetting, path: string): Problem {
  return problem(
    setting,
    `"${path}" cannot be read`,
    "Specify a file that you may read, relative to the environment file",
  );
}

function formProblems({ certificate, key, chain }: CertificateFiles): readonly Problem[] {
  const found = [
    !certificate && problem("certificateFile", "contains no certificate", "Specify a file in PEM format"),
    !key &&
      problem(
        "privateKeyFile",
        "contains no private key without a passphrase",
        "Specify a file in PEM format",
      ),
    !chain && problem("chainFile", "contains no certificates", "Specify a file in PEM format"),
  ];
  return found.filter((each) => each !== false);
}

/** Checks the files that could be parsed; the others have already been reported. */
function contentProblems(
  { certificate, key, chain }: CertificateFiles,
  { domain, now }: { readonly domain: string; readonly now: Date },
): readonly Problem[] {
  if (certificate === undefined) return [];
  const found = [
    key &&
      !certificate.checkPrivateKey(key) &&
      problem(
        "privateKeyFile",
        "is not the key of the certificate",
        "Specify the key that the certificate was requested with",
      ),
    chain && chainProblem(certificate, chain, problem),
    validity(certificate, now),
    ...[domain, `*.${domain}`].map((name) => uncovered(certificate, name)),
  ];
  return found.filter((each): each is Problem => typeof each === "object");
}

function validity(certificate: X509Certificate, now: Date): Problem | undefined {
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (now > to)
    return problem(
      "certificateFile",
      `expired on ${day(to)}`,
      "Renew the certificate, then run the command again",
    );
  if (now < from)
    return problem(
      "certificateFile",
      `is not valid before ${day(from)}`,
      "Specify a certificate that is already valid",
    );
  return undefined;
}

const day = (date: Date) => date.toISOString().slice(0, 10);

function uncovered(certificate: X509Certificate, name: string): Problem | undefined {
  const names = (certificate.subjectAltName ?? "").split(", ").map((entry) => entry.toLowerCase());
  if (names.includes(`dns:${name}`)) return undefined;
  return problem(
    "certificateFile",
    `does not cover "${name}"`,
    `Request a certificate with the subject alternative name "${name}"`,
  );
}
