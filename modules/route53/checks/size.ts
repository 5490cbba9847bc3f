import type { Problem } from "../../../lib/layer/layer";
import { certificateBody, certificateChain, privateKey } from "../certificate/arguments";
import type { CertificateTexts } from "../certificate/files";
import { type FileSetting, fileProblem } from "./report";

/** In bytes: https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html */
const largest = { certificate: 32_768, key: 5120, chain: 2_097_152 } as const;

/** Reports what ACM refuses for its size; `chain` is the setting whose file holds most of the chain. */
export function sizeProblems(
  { certificateFile, privateKeyFile, chainFile }: CertificateTexts,
  chain: FileSetting,
): readonly Problem[] {
  const found = [
    tooLarge(["certificateFile", "certificate"], certificateBody(certificateFile), largest.certificate),
    tooLarge(["privateKeyFile", "private key"], privateKey(privateKeyFile), largest.key),
    tooLarge([chain, "chain"], certificateChain(certificateFile, chainFile), largest.chain),
  ];
  return found.filter((each) => each !== undefined);
}

function tooLarge(
  [setting, what]: readonly [FileSetting, string],
  text: string,
  limit: number,
): Problem | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes <= limit) return undefined;
  return fileProblem(
    setting,
    `contains a ${what} of ${bytes} bytes, and ACM takes at most ${limit}`,
    what === "chain"
      ? "Keep only the certificates between it and the root"
      : "Request a certificate with fewer names, or with a smaller key",
  );
}
