import { createHash } from "node:crypto";
import { createMessage, readKey, readSignature, verify } from "openpgp";
import { Refused } from "./refused";

/** A list of checksums, and its detached OpenPGP signature. */
interface Signed {
  readonly file: string;
  readonly sums: Uint8Array;
  readonly signature: Uint8Array;
}

/** Throws `Refused` unless this key has signed the list. */
export async function assertSigned(
  { file, sums, signature }: Signed,
  by: { readonly publicKey: string; readonly now: Date },
): Promise<void> {
  const key = await readKey({ armoredKey: by.publicKey });
  try {
    const { signatures } = await verify({
      message: await createMessage({ binary: sums }),
      signature: await readSignature({ binarySignature: signature }),
      verificationKeys: key.toPublic(),
      date: by.now,
    });
    const [first] = signatures;
    if (first === undefined) throw new Error("it holds no signature");
    await first.verified;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused(`"${file}" is not signed by OpenTofu: ${reason}`);
  }
}

/** Throws `Refused` unless the file is in the list with this SHA-256. */
export function assertListed(sums: Uint8Array, file: string, digest: string): void {
  const listed = Buffer.from(sums)
    .toString("utf8")
    .split("\n")
    .filter((line) => /^[0-9a-f]{64} [ *]/.test(line) && line.slice(66).trimEnd() === file)
    .map((line) => line.slice(0, 64));
  if (listed.length === 0) throw new Refused(`the list of checksums does not have "${file}"`);
  if (listed.some((one) => one !== digest))
    throw new Refused(`the list of checksums has another one for "${file}" than this version knows`);
}

/** Throws `Refused` unless the content has this SHA-256. */
export function assertDigest(file: string, content: Uint8Array, digest: string): void {
  const found = createHash("sha256").update(content).digest("hex");
  if (found !== digest) throw new Refused(`"${file}" has the SHA-256 ${found}, not ${digest}`);
}
