import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../run-program";
import { tools } from "../tools";
import { manifest } from "../manifest";
import type { Architecture } from "./architecture";
import { packLayer, sameBytes, type Descriptor, type PackedLayer } from "./layer";

/** What an image says of itself. */
export interface About {
  readonly version: string;
  readonly commit: string;
  /** Seconds since 1970, of everything in it. */
  readonly epoch: number;
  readonly architecture: Architecture;
}

const types = {
  config: "application/vnd.oci.image.config.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  index: "application/vnd.oci.image.index.v1+json",
};

/**
 * Writes an image of folders, lowest first, as the tar of an OCI layout (skopeo's `oci-archive:`), and gives the digest of
 * its manifest: https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md
 */
export async function writeImage(folders: readonly string[], about: About, file: string): Promise<string> {
  const layout = `${folders[0] ?? file}.layout`;
  const blobs = join(layout, "blobs/sha256");
  mkdirSync(blobs, { recursive: true });
  const layers: PackedLayer[] = [];
  for (const folder of folders) layers.push(await packLayer(folder, blobs, about.epoch));
  const image = writeBlob(blobs, types.manifest, {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: writeBlob(blobs, types.config, configOf(layers, about)),
    layers: layers.map(({ descriptor }) => descriptor),
    annotations: labels(about),
  });
  const platform = { architecture: about.architecture, os: "linux" };
  const annotations = { "org.opencontainers.image.ref.name": about.version };
  writeJson(join(layout, "index.json"), {
    schemaVersion: 2,
    mediaType: types.index,
    manifests: [{ ...image, platform, annotations }],
  });
  writeJson(join(layout, "oci-layout"), { imageLayoutVersion: "1.0.0" });
  const entries = ["blobs", "index.json", "oci-layout"];
  runProgram(
    tools.tar,
    { folder: layout },
    ...sameBytes(about.epoch),
    "--mode=u=rwX,go=rX",
    "-cf",
    file,
    ...entries,
  );
  return image.digest;
}

function configOf(layers: readonly PackedLayer[], about: About): object {
  const created = new Date(about.epoch * 1000).toISOString();
  return {
    created,
    architecture: about.architecture,
    os: "linux",
    config: { ...manifest.image.runtime, Labels: labels(about) },
    rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map((_, position) => ({ created, comment: layerNames[position] })),
  };
}

const layerNames = ["Debian's packages", "Node and programs from Go modules", "edge-orchestrator-aws"];

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
