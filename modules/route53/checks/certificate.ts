import type { z } from "zod";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import { type CertificateFiles, type CertificateTexts, parseCertificateFiles } from "../certificate/files";
import type { Settings } from "../settings";
import { chainProblem, commonName, isOrdered } from "./chain";
import { formProblem } from "./form";
import { leafProblems } from "./leaf";
import { type FileSetting, fileProblem } from "./report";
import { sizeProblems } from "./size";

interface CheckInputs {
  readonly environment: Pick<Environment, "name" | "domain">;
  readonly settings: z.output<typeof Settings>;
  readonly read: (path: string) => string | undefined;
  readonly now: Date;
}

type Files = Extract<z.output<typeof Settings>["certificate"], { source: "pem" }>;

/** Reports problems with the PEM files, without their content. */
export function certificateProblems({ environment, settings, read, now }: CheckInputs): readonly Problem[] {
  const { certificate: choice } = settings;
  if (choice.source !== "pem") return [];
  const texts = {
    certificateFile: read(choice.certificateFile),
    privateKeyFile: read(choice.privateKeyFile),
    chainFile: choice.chainFile === undefined ? undefined : read(choice.chainFile),
  };
  const malformed = named(choice).flatMap(({ setting, path }) => {
    const text = texts[setting];
    return (text === undefined ? unreadable(setting, path) : formProblem({ setting, path, text })) ?? [];
  });
  const { certificateFile, privateKeyFile, chainFile } = texts;
  if (certificateFile === undefined || privateKeyFile === undefined) return malformed;
  const reported = new Set(malformed.map(({ path }) => path.at(-1)));
  const found = contentProblems(
    { certificateFile, privateKeyFile, chainFile },
    {
      chain: choice.chainFile === undefined ? "certificateFile" : "chainFile",
      domain: orchestratorDomain(environment),
      now,
    },
  );
  return [...malformed, ...found.filter(({ path }) => !reported.has(path.at(-1)))];
}

function named(choice: Files): readonly { readonly setting: FileSetting; readonly path: string }[] {
  const { certificateFile, privateKeyFile, chainFile } = choice;
  return [
    { setting: "certificateFile", path: certificateFile },
    { setting: "privateKeyFile", path: privateKeyFile },
    ...(chainFile === undefined ? [] : [{ setting: "chainFile" as const, path: chainFile }]),
  ];
}

function unreadable(setting: FileSetting, path: string): Problem {
  return fileProblem(
    setting,
    `"${path}" cannot be read`,
    "Specify a file that you may read, relative to the environment file",
  );
}

/** Checks what could be parsed. */
function contentProblems(
  texts: CertificateTexts,
  {
    chain: setting,
    domain,
    now,
  }: { readonly chain: FileSetting; readonly domain: string; readonly now: Date },
): readonly Problem[] {
  const { certificates, key, chain } = parseCertificateFiles(texts);
  const unparsed = [
    certificates === undefined && corrupt("certificateFile", "certificate"),
    key === undefined && corrupt("privateKeyFile", "private key"),
    chain === undefined && setting === "chainFile" && corrupt("chainFile", "certificate"),
  ];
  const found = unparsed.filter((problem) => problem !== false);
  if (certificates === undefined) return found;
  const otherKey = keyProblem({ certificates, key });
  // Everything else would be about a certificate that is not meant.
  if (otherKey?.path.at(-1) === "certificateFile") return [...found, otherKey];
  const [certificate] = certificates;
  const leaf = leafProblems(certificate, { domain, now });
  return [
    ...found,
    ...[otherKey, chain && chainProblem(certificate, chain, { setting, now })].filter(
      (each) => each !== undefined,
    ),
    ...leaf,
    // Another key or certificate has another size.
    ...(leaf.length === 0 ? sizeProblems(texts, setting) : []),
  ];
}

function corrupt(setting: FileSetting, what: string): Problem {
  return fileProblem(
    setting,
    `contains a ${what} that cannot be parsed`,
    "Specify the file as it was issued",
  );
}

function keyProblem({
  certificates,
  key,
}: Pick<CertificateFiles, "certificates" | "key">): Problem | undefined {
  const [first, ...others] = certificates ?? [];
  if (first === undefined || key === undefined || first.checkPrivateKey(key)) return undefined;
  const own = others.find((other) => other.checkPrivateKey(key));
  if (own !== undefined && !isOrdered([first, ...others]))
    return fileProblem(
      "certificateFile",
      `begins with the certificate of "${commonName(first.subject)}", and that of the private key follows it`,
      "Order the file from the certificate of the domain to the root",
    );
  return fileProblem(
    "privateKeyFile",
    own === undefined
      ? "is not the key of the certificate"
      : `is the key of "${commonName(own.subject)}", and not of the certificate of "${commonName(first.subject)}"`,
    "Specify the key that the certificate was requested with",
  );
}
