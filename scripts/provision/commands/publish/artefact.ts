import { UserError } from "../../../../lib/errors";
import { usageError } from "../../command-line/usage-error";
import type { World } from "../../world/index";
import { type Blob, type Content, digestOf, type Source } from "./content";
import type { PublishRun } from "./index";

const manifestType = "application/vnd.oci.image.manifest.v1+json";
/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidance-for-an-empty-descriptor */
const emptyType = "application/vnd.oci.empty.v1+json";
/** What oras takes, too: https://github.com/oras-project/oras-go/blob/main/pack.go */
const unknownType = "application/vnd.unknown.artifact.v1";
const prefix = "org.opencontainers.image.";

/** A file as an OCI artefact; the same bytes whenever it is made of the same file, tag and options. */
export function artefactOf(
  run: Pick<PublishRun, "request" | "world">,
  file: { readonly title: string; readonly tag: string; readonly source: Source; readonly digest: string },
): Content {
  const { title, source, digest } = file;
  const empty = blobOf(Buffer.from("{}"));
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: run.request.artifactType ?? unknownType,
    // With its content, as oras has it, so that both make the same digest.
    config: { mediaType: emptyType, digest: empty.digest, size: empty.size, data: "e30=" },
    layers: [
      {
        mediaType: "application/octet-stream",
        digest,
        size: source.size,
        // The name that oras gives the file.
        annotations: { [`${prefix}title`]: title },
      },
    ],
    annotations: annotationsOf(run, file),
  };
  const bytes = Buffer.from(JSON.stringify(manifest));
  return {
    blobs: [empty, { ...source, digest }],
    parts: [],
    top: { digest: digestOf(bytes), mediaType: manifestType, bytes },
  };
}

function blobOf(bytes: Buffer): Blob {
  return {
    digest: digestOf(bytes),
    size: bytes.length,
    part: (from, length) => bytes.subarray(from, from + length),
  };
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md; sorted, so that their order changes no digest. */
function annotationsOf(
  { request, world }: Pick<PublishRun, "request" | "world">,
  { title, tag }: { readonly title: string; readonly tag: string },
): Readonly<Record<string, string>> {
  const { environment } = world;
  const created = createdAt(world);
  const revision = environment["GITHUB_SHA"] || environment["CI_COMMIT_SHA"];
  const all = {
    [`${prefix}title`]: title,
    [`${prefix}version`]: tag,
    ...(created === undefined ? {} : { [`${prefix}created`]: created }),
    ...(revision ? { [`${prefix}revision`]: revision } : {}),
    ...givenAnnotations(request),
  };
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The annotations of the command line; throws for one without a key. */
export function givenAnnotations({ annotation, command }: PublishRun["request"]): Record<string, string> {
  return Object.fromEntries(
    annotation.map((text) => {
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (key === undefined || value === undefined)
        throw usageError(`the annotation "${text}" is not <key>=<value>`, command);
      return [key, value];
    }),
  );
}

/** Without it, none: the time of this run would be another one when it is repeated. */
function createdAt({ environment }: Pick<World, "environment">): string | undefined {
  const epoch = environment["SOURCE_DATE_EPOCH"] ?? "";
  if (epoch === "") return undefined;
  // https://reproducible-builds.org/specs/source-date-epoch/; up to the year 9999
  if (/^\d{1,12}$/.test(epoch) && Number(epoch) < 253_402_300_800)
    return new Date(Number(epoch) * 1000).toISOString().replace(".000Z", "Z");
  throw new UserError(
    `Cannot read SOURCE_DATE_EPOCH: "${epoch}" is not a number of seconds since 1970`,
    "Set it with: export SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)",
  );
}
