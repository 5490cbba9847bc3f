import { createHash } from "node:crypto";

/** A manifest or an index, as a registry stores it. */
export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** The manifest that it refers to. */
  readonly subject?: string;
}

/** Content of one repository. */
export interface Content {
  readonly blobs: ReadonlyMap<string, Buffer>;
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** Digests by tag. */
  readonly tags: ReadonlyMap<string, string>;
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const type = (name: string) => `application/vnd.oci.${name}+json`;
const digestOf = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** An index of an image for two platforms, an artefact that refers to the image, and many tags. */
export function exampleContent(numberOfTags: number): Content {
  const content = { blobs: new Map<string, Buffer>(), manifests: new Map<string, Manifest>() };
  const images = ["amd64", "arm64"].map((architecture) => addImage(content, architecture));
  const index = add(content, {
    schemaVersion: 2,
    mediaType: type("image.index.v1"),
    manifests: images.map(({ architecture, ...image }) => ({
      ...image,
      platform: { architecture, os: "linux" },
    })),
  });
  const empty = addBlob(content, { bytes: Buffer.from("{}"), mediaType: type("empty.v1") });
  const signature = { bytes: Buffer.from("signed"), mediaType: "text/plain" };
  add(content, {
    schemaVersion: 2,
    mediaType: type("image.manifest.v1"),
    artifactType: "application/vnd.example.signature",
    config: empty,
    layers: [addBlob(content, signature)],
    subject: { mediaType: index.mediaType, digest: index.digest, size: index.size },
  });
  const names = Array.from({ length: numberOfTags }, (_, number) => `v1.${number}`);
  // Neither the order of the specification nor that of creation.
  const tags = new Map(["latest", ...names].reverse().map((name) => [name, index.digest]));
  return { ...content, tags };
}

type Growing = { readonly blobs: Map<string, Buffer>; readonly manifests: Map<string, Manifest> };

function addImage(content: Growing, architecture: string) {
  // Larger than the response of a Lambda function behind a load balancer can be.
  const layer = Buffer.alloc(2_000_000, architecture);
  const config = {
    architecture,
    os: "linux",
    rootfs: { type: "layers", diff_ids: [digestOf(layer)] },
    config: {},
  };
  const image = add(content, {
    schemaVersion: 2,
    mediaType: type("image.manifest.v1"),
    config: addBlob(content, {
      bytes: Buffer.from(JSON.stringify(config)),
      mediaType: type("image.config.v1"),
    }),
    layers: [addBlob(content, { bytes: layer, mediaType: "application/vnd.oci.image.layer.v1.tar" })],
  });
  return { ...image, architecture };
}

function addBlob(
  { blobs }: Growing,
  { bytes, mediaType }: { readonly bytes: Buffer; readonly mediaType: string },
): Descriptor {
  const digest = digestOf(bytes);
  blobs.set(digest, bytes);
  return { mediaType, digest, size: bytes.length };
}

function add(
  { manifests }: Growing,
  manifest: { readonly mediaType: string; readonly subject?: Descriptor } & Record<string, unknown>,
): Descriptor {
  const bytes = Buffer.from(JSON.stringify(manifest));
  const { mediaType, subject } = manifest;
  const digest = digestOf(bytes);
  manifests.set(digest, {
    digest,
    mediaType,
    bytes,
    ...(subject === undefined ? {} : { subject: subject.digest }),
  });
  return { mediaType, digest, size: bytes.length };
}
