import { createHash } from "node:crypto";
import { UserError } from "../../../../lib/errors";
import { type AwsCall, awsCall, sent } from "../../../../lib/layer/aws-call";
import { tryAws } from "../../aws/client";
import { awsFailure } from "../../aws/failure";
import { type Fault, isDenied } from "../../aws/fault";
import type { Source } from "./content";
import { deniedHint } from "./denied";
import { checksumsOf, type Fingerprint } from "./fingerprint";
import type { PublishRun } from "./index";
import type { Progress } from "./push";
import { interrupted } from "./registry";
import { releaseServiceApplied as applied } from "../../run/publishing";
import type { Target } from "./target";
import { changed } from "./unpublishable";
import { type Part, uploadedParts } from "./uploaded-parts";

/** A file for downloads. */
export interface Download {
  /** Path that clients ask for. */
  readonly path: string;
  readonly source: Source;
  readonly fingerprint: Fingerprint;
}

/** What S3 answers when another run completes the same upload, or writes to the same path, at the same time. */
const sooner = ["PreconditionFailed", "ConditionalRequestConflict", "NoSuchUpload"];

/** Creates one file in the bucket, and never overwrites one. */
export class Bucket {
  private readonly object: { readonly Bucket: string; readonly Key: string };
  private readonly checksums: ReturnType<typeof checksumsOf>;

  constructor(
    private readonly run: PublishRun,
    private readonly target: Target,
    private readonly download: Download,
  ) {
    const { bucket, filePrefix } = target.places;
    this.object = { Bucket: bucket, Key: `${filePrefix}${download.path}` };
    this.checksums = checksumsOf(download.fingerprint);
  }

  /** What the bucket has at the path. */
  async found(): Promise<"nothing" | "the same file" | "another file"> {
    const { Bucket, Key } = this.object;
    // Not HeadObject at once: without a permission for the whole bucket, S3 answers 403 for what does not exist.
    const list = awsCall("s3", "ListObjectsV2", { Bucket, Prefix: Key, MaxKeys: 1 });
    const { Contents: [first] = [] } = await this.call("look for", list);
    // The name itself comes before all that begin with it.
    if (first?.Key !== Key) return "nothing";
    const head = awsCall("s3", "HeadObject", { ...this.object, ChecksumMode: "ENABLED" });
    const { ContentLength, ChecksumSHA256 = "" } = await this.call("read", head);
    const { whole, composite } = this.checksums;
    const same = ContentLength === this.download.source.size && [whole, composite].includes(ChecksumSHA256);
    return same ? "the same file" : "another file";
  }

  /** Uploads the file; of an upload that was interrupted, only what is missing. */
  async create(progress: Progress): Promise<void> {
    const { fingerprint } = this.download;
    const fault = await (fingerprint.parts.length > 1 ? this.inParts(progress) : this.atOnce());
    if (fault === undefined) return;
    // Another run has been sooner, or an attempt whose answer was lost.
    const found = sooner.includes(fault.code) ? await this.found() : "nothing";
    if (found === "another file") throw exists(this.target, this.download.path);
    if (found === "nothing") throw this.refused("create", fault);
  }

  private async atOnce(): Promise<Fault | undefined> {
    const { source } = this.download;
    const Body = source.part(0, source.size);
    const ChecksumSHA256 = this.checksums.whole;
    const call = awsCall("s3", "PutObject", { ...this.object, Body, ChecksumSHA256, IfNoneMatch: "*" });
    const reply = await tryAws(this.run, call, "transfer");
    if (reply.kind === "answered") return undefined;
    this.assertSame(Body, ChecksumSHA256);
    return reply.fault;
  }

  private async inParts(progress: Progress): Promise<Fault | undefined> {
    const { source, fingerprint, path } = this.download;
    const begun = await this.unfinished();
    const uploadId = begun?.uploadId ?? (await this.begin());
    const parts: Part[] = [];
    for (const [index, checksum] of fingerprint.parts.entries()) {
      if (this.run.interrupts.draining) throw interrupted(this.run);
      const number = index + 1;
      const part = begun?.has.get(number) ?? (await this.sendPart(uploadId, number, checksum));
      if ("kind" in part) return part;
      parts.push(part);
      progress(path, Math.min(number * fingerprint.partBytes, source.size), source.size);
    }
    const call = awsCall("s3", "CompleteMultipartUpload", {
      ...this.object,
      UploadId: uploadId,
      MultipartUpload: { Parts: parts },
      IfNoneMatch: "*",
    });
    const reply = await tryAws(this.run, call, "transfer");
    if (reply.kind === "answered") return undefined;
    if (reply.fault.code === "PreconditionFailed")
      await this.call(
        "abort the upload of",
        awsCall("s3", "AbortMultipartUpload", { ...this.object, UploadId: uploadId }),
      );
    return reply.fault;
  }

  private async begin(): Promise<string> {
    const call = awsCall("s3", "CreateMultipartUpload", { ...this.object, ChecksumAlgorithm: "SHA256" });
    return sent((await this.call("begin the upload of", call)).UploadId, "UploadId");
  }

  private async sendPart(
    UploadId: string,
    PartNumber: number,
    ChecksumSHA256: string,
  ): Promise<Part | Fault> {
    const { source, fingerprint } = this.download;
    const Body = source.part((PartNumber - 1) * fingerprint.partBytes, fingerprint.partBytes);
    const call = awsCall("s3", "UploadPart", { ...this.object, UploadId, PartNumber, Body, ChecksumSHA256 });
    const reply = await tryAws(this.run, call, "transfer");
    if (reply.kind === "answered")
      return { PartNumber, ETag: sent(reply.output.ETag, "ETag"), ChecksumSHA256 };
    this.assertSame(Body, ChecksumSHA256);
    return reply.fault;
  }

  /** What S3 has refused may have changed since its checksum was computed. */
  private assertSame(body: Buffer, checksum: string): void {
    if (createHash("sha256").update(body).digest("base64") !== checksum) throw changed(this.run.request.file);
  }

  /** The latest upload of this file that was not completed, with those of its parts that are right. */
  private async unfinished(): Promise<
    { readonly uploadId: string; readonly has: ReadonlyMap<number, Part> } | undefined
  > {
    const { Bucket, Key } = this.object;
    const list = awsCall("s3", "ListMultipartUploads", { Bucket, Prefix: Key });
    const { Uploads = [] } = await this.call("list unfinished uploads of", list);
    const usable = Uploads.filter((upload) => upload.Key === Key && upload.ChecksumAlgorithm === "SHA256");
    const uploadId = usable.at(-1)?.UploadId;
    if (uploadId === undefined) return undefined;
    const found = await uploadedParts({ ...this.object, UploadId: uploadId }, (call) =>
      this.call("list uploaded parts of", call),
    );
    const wanted = this.download.fingerprint.parts;
    const right = found.flatMap(({ PartNumber = 0, ETag = "", ChecksumSHA256 = "" }) =>
      wanted[PartNumber - 1] === ChecksumSHA256 ? [{ PartNumber, ETag, ChecksumSHA256 }] : [],
    );
    return { uploadId, has: new Map(right.map((part) => [part.PartNumber, part])) };
  }

  private async call<Output>(doing: string, call: AwsCall<Output>): Promise<Output> {
    const reply = await tryAws(this.run, call, "work");
    if (reply.kind === "answered") return reply.output;
    throw this.refused(doing, reply.fault);
  }

  private refused(doing: string, fault: Fault): UserError {
    const { places } = this.target;
    const what = `${doing} "${this.download.path}" in the bucket "${places.bucket}"`;
    if (fault.code === "NoSuchBucket")
      return new UserError(`Cannot ${what}: there is no such bucket yet`, `Run: ${applied(this.run)}`);
    if (isDenied(fault))
      return new UserError(
        `Cannot ${what}: AWS says "${fault.code}: ${fault.message}"`,
        deniedHint(places, "pathPrefixes", this.download.path),
      );
    return awsFailure(this.run, what, fault);
  }
}

/** A path has other content than what is to be published there. */
export function exists({ places }: Target, path: string): UserError {
  return new UserError(
    `Cannot publish "${path}": the bucket "${places.bucket}" has another file of that path, and files are not overwritten`,
    "Publish it with another tag, or with another --path",
  );
}
