import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifest } from "../manifest";
import { runProgram } from "../run-program";
import type { Release } from "../step";
import { tools } from "../tools";
import type { Architecture } from "./architecture";
import { sameBytes, type Descriptor, type PackedLayer } from "./layer";

/** What an image says of itself; everything in it has the time of its epoch. */
type About = Pick<Release, "name" | "version" | "commit" | "epoch">;

/** The layers of an image for one architecture, lowest first, which are in the layout's blobs. */
export interface PlatformImage {
  readonly architecture: Architecture;
  readonly layers: readonly PackedLayer[];
}

const types = {
  config: "application/vnd.oci.image.config.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  index: "application/vnd.oci.image.index.v1+json",
};

/**
 * Writes an OCI layout around its blobs, with an index of the images for several architectures, and packs it as a tar (skopeo's
 * `oci-archive:`). Gives the digests of the index and of each image, with the names that `image-digests.txt` has for them.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md
 */
export function writeImages(
  blobs: string,
  images: readonly PlatformImage[],
  { file, ...about }: About & { readonly file: string },
): readonly (readonly [digest: string, what: string])[] {
  const layout = dirname(dirname(blobs));
  const manifests = images.map((image) => writeManifest(blobs, image, about));
  const index = { schemaVersion: 2, mediaType: types.index, manifests, annotations: labels(about) };
  const top = writeBlob(blobs, types.index, index);
  const annotations = {
    "org.opencontainers.image.ref.name": about.version,
    // What containerd, and with it Docker, names an image that it loads.
    "io.containerd.image.name": `docker.io/library/${about.name}:${about.version}`,
  };
  writeJson(join(layout, "index.json"), {
    schemaVersion: 2,
    mediaType: types.index,
    manifests: [{ ...top, annotations }],
  });
  writeJson(join(layout, "oci-layout"), { imageLayoutVersion: "1.0.0" });
  const options = [...sameBytes(about.epoch), "--mode=u=rwX,go=rX"];
  runProgram(tools.tar, { folder: layout }, ...options, "-cf", file, "blobs", "index.json", "oci-layout");
  return [
    ...manifests.map(({ digest, platform }) => [digest, `linux/${platform.architecture}`] as const),
    [top.digest, "index"],
  ];
}

function writeManifest(blobs: string, { architecture, layers }: PlatformImage, about: About) {
  const image = writeBlob(blobs, types.manifest, {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: writeBlob(blobs, types.config, configOf({ architecture, layers }, about)),
    layers: layers.map(({ descriptor }) => descriptor),
    annotations: labels(about),
  });
  return { ...image, platform: { architecture, os: "linux" } };
}

function configOf({ architecture, layers }: PlatformImage, about: About): object {
  const created = new Date(about.epoch * 1000).toISOString();
  return {
    created,
    architecture,
    os: "linux",
    config: { ...manifest.image.runtime, Labels: labels(about) },
    rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map((_, position) => ({ created, comment: layerNames[position] })),
  };
}

const layerNames = ["Debian's packages", "Node, programs from Go modules, compiler", "edge-orchestrator-aws"];

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md */
function labels({ version, commit, epoch }: About): Readonly<Record<string, string>> {
  return {
    ...manifest.image.labels,
    "org.opencontainers.image.created": new Date(epoch * 1000).toISOString(),
    "org.opencontainers.image.revision": commit,
    "org.opencontainers.image.version": version,
  };
}

function writeBlob(blobs: string, mediaType: string, content: object): Descriptor {
  const text = JSON.stringify(content);
  const hex = createHash("sha256").update(text).digest("hex");
  writeFileSync(join(blobs, hex), text);
  return { mediaType, digest: `sha256:${hex}`, size: Buffer.byteLength(text) };
}

function writeJson(file: string, content: object): void {
  writeFileSync(file, JSON.stringify(content));
}
