import type { Problem } from "../../../lib/layer/layer";
import { type PemBlock, pemBlocks } from "../certificate/pem";
import { type FileSetting, fileProblem } from "./report";

/** A PEM file as it is, whether or not what is in it can be parsed. */
interface PemFile {
  readonly setting: FileSetting;
  readonly path: string;
  readonly text: string;
}

/** Bytes that no PEM file has; those that are not UTF-8 are read as U+FFFD. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const binary = /[\u0000-\u0008\uFFFD]/;

/** Reports a file in another form than ACM takes: https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-format.html */
export function formProblem(file: PemFile): Problem | undefined {
  const blocks = pemBlocks(file.text);
  if (blocks.length === 0 && binary.test(file.text)) return binaryFile(file);
  return file.setting === "privateKeyFile" ? keyForm(file, blocks) : certificateForm(file, blocks);
}

function binaryFile({ setting, path }: PemFile): Problem {
  const command = setting === "privateKeyFile" ? "pkey" : "x509";
  return fileProblem(
    setting,
    "is in a binary format, and ACM takes PEM",
    `Convert it; for DER, run: openssl ${command} -inform DER -in ${path} -out ${path}.pem`,
  );
}

function certificateForm({ setting }: PemFile, blocks: readonly PemBlock[]): Problem | undefined {
  if (blocks.some(({ label }) => label.endsWith("PRIVATE KEY")))
    return fileProblem(
      setting,
      "contains a private key, which ACM takes separately",
      "Remove the key from the file: it belongs in the file of privateKeyFile only",
    );
  if (blocks.some(({ label }) => label === "CERTIFICATE")) return undefined;
  return fileProblem(
    setting,
    `contains no certificate${insteadOf(blocks)}`,
    'Specify a file in PEM format, with a block "CERTIFICATE"',
  );
}

function keyForm({ setting, path }: PemFile, blocks: readonly PemBlock[]): Problem | undefined {
  const keys = blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"));
  const [key] = keys;
  if (key === undefined)
    return fileProblem(
      setting,
      `contains no private key${insteadOf(blocks)}`,
      'Specify a file in PEM format, with a block "PRIVATE KEY"',
    );
  if (keys.length > 1)
    return fileProblem(
      setting,
      `contains ${keys.length} private keys`,
      "Keep only the key that the certificate was requested with",
    );
  if (blocks.some(({ label }) => label.endsWith("CERTIFICATE")))
    return fileProblem(
      setting,
      "contains a certificate, which ACM takes separately",
      "Move the certificates to the file of certificateFile",
    );
  if (key.label === "ENCRYPTED PRIVATE KEY" || key.text.includes("\nProc-Type: 4,ENCRYPTED\n"))
    return fileProblem(
      setting,
      "is encrypted with a passphrase, and ACM takes keys without",
      `Decrypt it, e.g.: openssl pkey -in ${path} -out ${path}.decrypted`,
    );
  return undefined;
}

/** Labels are part of the format, not of its content. */
function insteadOf(blocks: readonly PemBlock[]): string {
  const labels = [...new Set(blocks.map(({ label }) => `"${label}"`))];
  return labels.length === 0 ? "" : `, but ${labels.join(", ")}`;
}
