import { UserError } from "../../../../lib/errors";
import { awsFailure } from "../../aws/failure";
import type { HttpAnswer } from "../../world/index";
import { answerFault } from "./answers";
import { type Blob, type Content, digestOf, type Manifest, piecesOf } from "./content";
import { deniedHint } from "./denied";
import type { PublishRun } from "./index";
import { interrupted, Registry } from "./registry";
import { releaseServiceApplied as applied } from "../../run/publishing";
import type { Target } from "./target";
import { changed } from "./unpublishable";

/** Called while bytes are sent. */
export type Progress = (name: string, sentBytes: number, allBytes: number) => void;

const accepted = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
].join(", ");

/** Pushes content into one repository. */
export class Push {
  private readonly registry: Registry;
  private readonly path: string;

  constructor(
    private readonly run: PublishRun,
    private readonly target: Target,
  ) {
    const { registry, repositoryPrefix } = target.places;
    this.registry = new Registry(run, registry);
    this.path = `/v2/${repositoryPrefix}${target.name}`;
  }

  /** The digest that the tag has; undefined if there is no such tag. */
  async tagged(): Promise<string | undefined> {
    const doing = `read the tag "${this.target.tag}" of "${this.target.name}"`;
    const path = `${this.path}/manifests/${this.target.tag}`;
    const answer = await this.registry.send(doing, { method: "GET", path, headers: { accept: accepted } });
    if (answer.status === 200) return digestOf(answer.body);
    if (answer.status === 404 && answerFault({ kind: "answer", answer }).code === "MANIFEST_UNKNOWN")
      return undefined;
    throw this.refused(doing, answer);
  }

  /** The blobs that the registry lacks. */
  async missing({ blobs }: Content): Promise<readonly Blob[]> {
    const missing: Blob[] = [];
    for (const blob of blobs) if (!(await this.has(blob))) missing.push(blob);
    return missing;
  }

  /** Uploads blobs, which nobody finds without a manifest. */
  async uploadAll(blobs: readonly Blob[], progress: Progress): Promise<void> {
    for (const blob of blobs) await this.upload(blob, progress);
  }

  /** Pushes manifests, each after those that it names, and the tag last. */
  async publish({ parts, top }: Content): Promise<void> {
    for (const part of parts) await this.put(part.digest, part);
    await this.put(this.target.tag, top);
  }

  private async has(blob: Blob): Promise<boolean> {
    const doing = `look for ${blob.digest} in "${this.target.name}"`;
    const answer = await this.registry.send(doing, { method: "HEAD", path: this.blobPath(blob) });
    if (answer.status === 200) return true;
    if (answer.status === 404) return false;
    throw this.refused(doing, answer);
  }

  /**
   * Sends a blob by one PUT, as oras and containerd do. It cannot be divided, because ECR drops every chunk after the first:
   * https://github.com/aws/containers-roadmap/issues/2831. So what was interrupted is sent from its beginning.
   */
  private async upload(blob: Blob, progress: Progress): Promise<void> {
    const doing = `upload ${blob.digest} to "${this.target.name}"`;
    let begun = false;
    const answer = await this.registry.insist(doing, async () => {
      // Its answer may have been lost.
      if (begun && (await this.has(blob))) return { kind: "answer", answer: created };
      begun = true;
      const location = await this.begin(doing);
      return this.registry.attempt(doing, {
        method: "PUT",
        path: `${location}${location.includes("?") ? "&" : "?"}digest=${encodeURIComponent(blob.digest)}`,
        headers: { "content-type": "application/octet-stream" },
        body: { length: blob.size, chunks: this.chunks(blob, progress) },
      });
    });
    if (answer.status === created.status) return;
    // Registries tell other bytes than announced by codes of their own.
    throw digestOf(piecesOf(blob)) === blob.digest
      ? this.refused(doing, answer)
      : changed(this.run.request.file);
  }

  private async begin(doing: string): Promise<string> {
    const answer = await this.registry.send(doing, { method: "POST", path: `${this.path}/blobs/uploads/` });
    const { location } = answer.headers;
    if (answer.status === 202 && location !== undefined) return location;
    throw this.refused(doing, answer);
  }

  /** Read anew for each attempt. */
  private chunks(blob: Blob, progress: Progress): Iterable<Buffer> {
    const step = (passed: number) => {
      progress(blob.digest.slice(0, 19), passed, blob.size);
      if (this.run.interrupts.draining) throw interrupted(this.run);
    };
    return { [Symbol.iterator]: () => piecesOf(blob, undefined, step) };
  }

  private async put(reference: string, { mediaType, bytes }: Manifest): Promise<void> {
    const doing = `push the manifest "${reference}" to "${this.target.name}"`;
    const answer = await this.registry.send(doing, {
      method: "PUT",
      path: `${this.path}/manifests/${reference}`,
      headers: { "content-type": mediaType },
      body: { length: bytes.length, chunks: [bytes] },
    });
    if (answer.status === 201) return;
    // Another run, or an attempt whose answer was lost, has been sooner: ECR answers 400 with TAG_INVALID, for the same digest, too,
    // https://github.com/moby/buildkit/issues/3776
    if (reference !== this.target.tag || (await this.tagged()) !== digestOf(bytes))
      throw this.refused(doing, answer);
  }

  private blobPath({ digest }: Blob): string {
    return `${this.path}/blobs/${digest}`;
  }

  private refused(doing: string, answer: HttpAnswer): UserError {
    const fault = answerFault({ kind: "answer", answer });
    const { name, places } = this.target;
    if (fault.code === "NAME_UNKNOWN")
      return new UserError(
        `Cannot ${doing}: ECR has no repository "${places.repositoryPrefix}${name}" yet`,
        `Run: ${applied(this.run)}`,
      );
    if (answer.status === 403)
      return new UserError(
        `Cannot ${doing}: AWS says "${fault.code}: ${fault.message}"`,
        deniedHint(places, "repositories", name),
      );
    return awsFailure(this.run, doing, fault);
  }
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#post-then-put */
const created: HttpAnswer = { status: 201, headers: {}, body: Buffer.alloc(0) };
