import { z } from "zod";
import { UserError } from "../../../../lib/errors";
import { jsonOrUndefined } from "../../run/json";
import { printable } from "../../screen/printable";
import type { World } from "../../world/index";
import { type Blob, type Content, digestOf, type Manifest, piecesOf, type Source, sourceIn } from "./content";
import { tarEntries } from "./tar";
import { emptyBlob } from "./unpublishable";

/** An OCI layout: https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export interface Layout {
  /** Path that the operator gave. */
  readonly path: string;
  /** A file in it by its path. */
  file(path: string): Source | undefined;
}

const marker = "oci-layout";

/** The layout at a path: a folder, or a tar; undefined if there is none. */
export function layoutAt(world: Pick<World, "files">, path: string): Layout | undefined {
  if (world.files.kind(path) === "folder") {
    const file = (name: string) => {
      const full = `${path}/${name}`;
      return world.files.kind(full) === "file" ? sourceIn(world, full) : undefined;
    };
    return file(marker) === undefined ? undefined : { path, file };
  }
  const entries = tarEntries(sourceIn(world, path));
  if (entries?.has(marker) !== true) return undefined;
  const file = (name: string) => {
    const entry = entries.get(name);
    return entry === undefined ? undefined : sourceIn(world, path, entry);
  };
  return { path, file };
}

const descriptor = z.object({
  mediaType: z.string(),
  digest: z.string().regex(/^sha256:[a-f0-9]{64}$/),
  size: z.int().min(0),
  urls: z.array(z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
type Descriptor = z.output<typeof descriptor>;
const index = z.object({ schemaVersion: z.literal(2), manifests: z.array(descriptor).min(1) });
const manifest = z.object({
  schemaVersion: z.literal(2),
  config: descriptor,
  layers: z.array(descriptor).default([]),
});

const indexType = "application/vnd.oci.image.index.v1+json";
const indexTypes = [indexType, "application/vnd.docker.distribution.manifest.list.v2+json"];
const manifestTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];
/** ECR takes no larger one: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html */
const mostManifestBytes = 4 * 1024 * 1024;

/** All that an image consists of, every platform included; throws if something of it is missing or damaged. */
export function imageOf(layout: Layout): Content {
  const found: Found = { layout, blobs: new Map(), manifests: new Map() };
  const list = layout.file("index.json");
  if (list === undefined) throw invalid(layout, "it has no index.json");
  const bytes = list.part(0, mostManifestBytes);
  const { manifests } = parsed(layout, index, { bytes, name: "index.json" });
  const [only, ...others] = manifests;
  if (only === undefined) throw invalid(layout, "its index.json names no image");
  assertOneImage(layout, manifests);
  for (const each of manifests) collect(found, each);
  // Several platforms without an index of their own: the layout's is one.
  if (others.length > 0) found.manifests.set("", { digest: digestOf(bytes), mediaType: indexType, bytes });
  const all = [...found.manifests.values()];
  const top = all.at(-1);
  if (top === undefined) throw new Error("no manifest was collected");
  return { blobs: [...found.blobs.values()], parts: all.slice(0, -1), top };
}

interface Found {
  readonly layout: Layout;
  readonly blobs: Map<string, Blob>;
  /** Each after those that it names. */
  readonly manifests: Map<string, Manifest>;
}

/** Programs that build images name them: https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md */
function assertOneImage(layout: Layout, manifests: readonly Descriptor[]): void {
  const names = manifests.flatMap(
    ({ annotations = {} }) => annotations["org.opencontainers.image.ref.name"] ?? [],
  );
  const different = [...new Set(names)];
  if (different.length < 2) return;
  throw new UserError(
    printable(
      `Cannot publish "${layout.path}": it has several images, ${different.map((name) => `"${name}"`).join(", ")}`,
    ),
    "Copy one of them into a layout of its own: skopeo copy --all oci:<folder>:<name> oci:<new folder>",
  );
}

function collect(found: Found, { digest, mediaType, size }: Descriptor): void {
  if (found.manifests.has(digest)) return;
  const { layout } = found;
  if (size > mostManifestBytes) throw invalid(layout, `${digest} has ${size} bytes, too many for a manifest`);
  const bytes = blob(layout, { digest, size }).part(0, size);
  const name = digest;
  if (indexTypes.includes(mediaType)) {
    for (const each of parsed(layout, index, { bytes, name }).manifests) collect(found, each);
  } else if (manifestTypes.includes(mediaType)) {
    const { config, layers } = parsed(layout, manifest, { bytes, name });
    for (const each of [config, ...layers])
      // What is downloaded from elsewhere is in no registry.
      if ((each.urls ?? []).length === 0 && !found.blobs.has(each.digest))
        found.blobs.set(each.digest, blob(layout, each));
  } else throw invalid(layout, `${digest} has the media type "${mediaType}", which is none of an image`);
  found.manifests.set(digest, { digest, mediaType, bytes });
}

/** Checked here, because the registry would notice it only after it was sent. */
function blob(layout: Layout, { digest, size }: Pick<Descriptor, "digest" | "size">): Blob {
  const source = layout.file(`blobs/${digest.replace(":", "/")}`);
  if (source === undefined) throw invalid(layout, `${digest} is missing`);
  if (size === 0) throw invalid(layout, `${digest} is ${emptyBlob}`);
  if (source.size !== size || digestOf(piecesOf(source)) !== digest)
    throw invalid(layout, `${digest} has other content`);
  return { ...source, digest };
}

function parsed<Schema extends z.ZodType>(
  layout: Layout,
  schema: Schema,
  { bytes, name }: { readonly bytes: Buffer; readonly name: string },
): z.output<Schema> {
  const result = schema.safeParse(jsonOrUndefined(bytes.toString()));
  if (result.success) return result.data;
  throw invalid(layout, `${name} is not as the OCI image specification has it`);
}

function invalid({ path }: Layout, because: string): UserError {
  return new UserError(printable(`Cannot publish "${path}": ${because}`), "Build or copy the image again");
}
