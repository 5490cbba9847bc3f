import { createHash } from "node:crypto";
import { piecesOf, type Source } from "./content";

/** Checksums of a file, as ECR and S3 compare them. */
export interface Fingerprint {
  /** `sha256:…` of the whole file. */
  readonly digest: string;
  /** Length of every part but the last. */
  readonly partBytes: number;
  /** SHA-256 of each part, in base64. */
  readonly parts: readonly string[];
}

const megabyte = 1024 * 1024;
/** S3's limits: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const mostParts = 10_000;

/** Reads a file once. */
export function fingerprintOf(source: Source): Fingerprint {
  // The same for the same size, so that parts of an earlier run fit.
  const partBytes = Math.max(8, Math.ceil(source.size / mostParts / megabyte)) * megabyte;
  const whole = createHash("sha256");
  const parts: string[] = [];
  for (const part of piecesOf(source, partBytes)) {
    whole.update(part);
    parts.push(createHash("sha256").update(part).digest("base64"));
  }
  return { digest: `sha256:${whole.digest("hex")}`, partBytes, parts };
}

/** The checksums that S3 may have of such a file: of the whole, or of its parts' checksums with their number. */
export function checksumsOf({ digest, parts }: Fingerprint): {
  readonly whole: string;
  readonly composite: string;
} {
  const ofParts = createHash("sha256");
  for (const part of parts) ofParts.update(part, "base64");
  return {
    whole: Buffer.from(digest.replace("sha256:", ""), "hex").toString("base64"),
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html#ChecksumTypes
    composite: `${ofParts.digest("base64")}-${parts.length}`,
  };
}
