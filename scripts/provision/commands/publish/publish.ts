import { basename } from "node:path";
import { exitCodes, UserError } from "../../../../lib/errors";
import { usageError } from "../../command-line/usage-error";
import type { Asked } from "../../run/command";
import type { PublishRun } from "./index";
import { artefactOf, givenAnnotations } from "./artefact";
import { Bucket, type Download, exists } from "./bucket";
import { type Blob, type Content, sourceIn } from "./content";
import { assertPath } from "./download-path";
import { fingerprintOf } from "./fingerprint";
import { imageOf, layoutAt } from "./image";
import { Push } from "./push";
import { progressOf, report } from "./report";
import { type Target, targetOf } from "./target";
import { emptyBlob } from "./unpublishable";

/** What is published, and where it is not yet. */
interface Publication {
  readonly target: Target;
  readonly content: Content;
  readonly push: Push | undefined;
  readonly bucket: { readonly store: Bucket; readonly download: Download } | undefined;
}

/** Throws what the command line and the environment file alone refuse. */
export function check(asked: Asked<PublishRun>): void {
  const { request } = asked;
  const { name, tag } = targetOf(asked);
  givenAnnotations(request);
  if (request.as === "image" && request.store === "files")
    throw usageError("an image goes to the registry only, and --store is files", request.command);
  assertPath(request.path ?? `${name}/${tag}/file`, request.command);
}

/** Publishes a file or an image, unless it is published; refuses to overwrite before anything is uploaded. */
export async function handle(run: PublishRun): Promise<number> {
  const publication = prepared(run);
  const { content, push, bucket, target } = publication;
  const [tagged, found] = [await push?.tagged(), await bucket?.store.found()];
  if (tagged !== undefined && tagged !== content.top.digest) throw taken(target, tagged, content.top.digest);
  if (found === "another file" && bucket !== undefined) throw exists(target, bucket.download.path);
  const todo = { push: push !== undefined && tagged === undefined, file: found === "nothing" };
  const missing = (todo.push ? await push?.missing(content) : undefined) ?? [];
  if (!run.request.dryRun) await upload(run, publication, { ...todo, missing });
  report(run, {
    target,
    content,
    todo,
    missing,
    download: bucket?.download,
    pushed: push !== undefined,
  });
  return exitCodes.done;
}

/** The tag comes last: whoever finds it finds everything. */
async function upload(
  run: PublishRun,
  { content, push, bucket }: Publication,
  todo: { readonly push: boolean; readonly file: boolean; readonly missing: readonly Blob[] },
): Promise<void> {
  const progress = progressOf(run);
  try {
    await push?.uploadAll(todo.missing, progress.show);
    if (todo.file) await bucket?.store.create(progress.show);
    if (todo.push) await push?.publish(content);
  } finally {
    progress.stop();
  }
}

function prepared(run: PublishRun): Publication {
  const { request, world } = run;
  const target = targetOf(run);
  const path = request.file;
  const kind = world.files.kind(path);
  if (kind !== "file" && kind !== "folder")
    throw new UserError(
      `Cannot publish "${path}": ${kind === "nothing" ? "there is no such file" : `it is a ${kind}`}`,
      "Correct the path",
    );
  const layout = request.as === "file" ? undefined : layoutAt(world, path);
  if (layout === undefined && (request.as === "image" || kind === "folder"))
    throw new UserError(
      `Cannot publish "${path}": it is not an OCI layout, because it has no file oci-layout`,
      "Specify a file, a folder that e.g. skopeo copy --all … oci:<folder> has written, or a tar of oci-archive:<file>",
    );
  if (layout !== undefined) return ofImage(run, target, imageOf(layout));
  return ofFile(run, target);
}

function ofImage(run: PublishRun, target: Target, content: Content): Publication {
  const { request } = run;
  const fileOnly = [
    ...(request.store === "files" ? ["--store files"] : []),
    ...(request.path === undefined ? [] : ["--path"]),
    ...(request.artifactType === undefined ? [] : ["--artifact-type"]),
    ...(request.annotation.length === 0 ? [] : ["--annotation"]),
  ];
  if (fileOnly.length > 0)
    throw new UserError(
      `Cannot publish "${request.file}": it is an image, and ${fileOnly.join(", ")} is for files`,
      "Omit it, or publish the image's archive as a file, with --as file",
      exitCodes.usage,
    );
  return { target, content, push: new Push(run, target), bucket: undefined };
}

function ofFile(run: PublishRun, target: Target): Publication {
  const { request, world } = run;
  const source = sourceIn(world, request.file);
  if (source.size === 0 && request.store !== "files")
    throw new UserError(
      `Cannot publish "${request.file}": it is ${emptyBlob}`,
      "Check what has written it, or publish it for downloads alone, with --store files",
    );
  const fingerprint = fingerprintOf(source);
  const title = basename(request.file);
  const { tag, name } = target;
  const content = artefactOf(run, { title, tag, source, digest: fingerprint.digest });
  const path = request.path ?? `${name}/${tag}/${title}`;
  assertPath(path, request.command);
  const download = { path, source, fingerprint };
  return {
    target,
    content,
    push: request.store === "files" ? undefined : new Push(run, target),
    bucket: request.store === "registry" ? undefined : { store: new Bucket(run, target, download), download },
  };
}

function taken({ name, tag, places }: Target, found: string, wanted: string): UserError {
  return new UserError(
    `Cannot publish "${name}:${tag}": ${places.repositoryPrefix}${name} has this tag for ${found}, and this would be ${wanted}; tags are immutable`,
    "Publish it with another tag",
  );
}
