import { printsDocument } from "../../command-line/request";
import type { Blob, Content } from "./content";
import type { Download } from "./bucket";
import type { PublishRun } from "./index";
import type { Progress } from "./push";
import type { Target } from "./target";

/** What a run found and did. */
interface Result {
  readonly target: Target;
  readonly content: Content;
  /** What was not published before. */
  readonly todo: { readonly push: boolean; readonly file: boolean };
  /** Blobs that the registry lacked. */
  readonly missing: readonly Blob[];
  readonly download: Download | undefined;
  readonly pushed: boolean;
}

/** Shows how far uploads have got. */
export function progressOf(run: PublishRun): { readonly show: Progress; readonly stop: () => void } {
  if (printsDocument(run.request)) return { show: () => undefined, stop: () => undefined };
  const working = run.screen.working("uploading");
  return {
    show: (name, sentBytes, allBytes) => {
      const percent = allBytes === 0 ? 100 : Math.floor((sentBytes / allBytes) * 100);
      working.update(`${percent} % of ${sizeText(allBytes)}`, name);
    },
    stop: () => {
      working.stop();
    },
  };
}

/** Prints what is published, and how to fetch it. */
export function report(run: PublishRun, result: Result): void {
  const { screen, request } = run;
  if (request.format === "json") screen.verbatim(JSON.stringify(documentOf(run, result), undefined, 2));
  else for (const line of textOf(run, result)) screen.print(line);
}

function documentOf({ request }: PublishRun, result: Result): object {
  const { target, content, download, pushed } = result;
  return {
    status: statusOf(request.dryRun, result),
    ...(pushed
      ? {
          artefact: {
            reference: referenceOf(target),
            digest: content.top.digest,
            mediaType: content.top.mediaType,
            repository: `${target.places.registry}/${target.places.repositoryPrefix}${target.name}`,
          },
        }
      : {}),
    ...(download === undefined
      ? {}
      : {
          file: {
            url: urlOf(target, download),
            sha256: download.fingerprint.digest.replace("sha256:", ""),
            size: download.source.size,
            bucket: target.places.bucket,
            key: `${target.places.filePrefix}${download.path}`,
          },
        }),
    ...(request.dryRun ? { uploads: uploadsOf(result) } : {}),
  };
}

function textOf(run: PublishRun, result: Result): readonly string[] {
  const { target, content, download, pushed } = result;
  const { bold, dim } = run.screen.ink;
  const head = {
    published: "Published",
    "already published": "Already published",
    "dry run": "This would be published; nothing was uploaded",
  }[statusOf(run.request.dryRun, result)];
  const uploads = run.request.dryRun ? uploadsOf(result) : [];
  return [
    `\n${bold(head)}`,
    ...(pushed ? [`  ${referenceOf(target)}`, `    ${dim(content.top.digest)}`] : []),
    ...(download === undefined
      ? []
      : [
          `  ${urlOf(target, download)}`,
          `    ${dim(`${download.fingerprint.digest}, ${sizeText(download.source.size)}`)}`,
        ]),
    ...uploads.map(({ what, size }) => `  upload ${what}, ${sizeText(size)}`),
  ];
}

type Status = "published" | "already published" | "dry run";

function statusOf(dryRun: boolean, { todo }: Result): Status {
  if (!todo.push && !todo.file) return "already published";
  return dryRun ? "dry run" : "published";
}

function uploadsOf({ todo, missing, content, download }: Result) {
  const manifests = todo.push ? [...content.parts, content.top] : [];
  return [
    ...(todo.file && download !== undefined ? [{ what: download.path, size: download.source.size }] : []),
    ...missing.map(({ digest, size }) => ({ what: digest, size })),
    ...manifests.map(({ digest, bytes }) => ({ what: digest, size: bytes.length })),
  ];
}

function referenceOf({ places, name, tag }: Target): string {
  return `${places.hosts.registry}/${name}:${tag}`;
}

function urlOf({ places }: Target, { path }: Download): string {
  return `https://${places.hosts.files}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** In the units that ECR and S3 count in. */
function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length);
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1] ?? ""}`;
}
