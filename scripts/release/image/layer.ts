import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { runProgram } from "../run-program";
import { tools } from "../tools";

/** One layer as OCI describes it: https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** A layer in the blobs of a layout, and the digest of its tar. */
export interface PackedLayer {
  readonly descriptor: Descriptor;
  readonly diffId: string;
}

/** Packs a folder as a layer: the same content gives the same bytes, whoever owns the files and whenever they were made. */
export async function packLayer(folder: string, blobs: string, epoch: number): Promise<PackedLayer> {
  const tar = `${folder}.tar`;
  // Programs that give rights are of no use to a container of one user.
  runProgram(tools.tar, { folder: blobs }, ...sameBytes(epoch), "--mode=ug-s", "-C", folder, "-cf", tar, ".");
  const draft = `${folder}.draft`;
  // Node writes no name and no time, and the system of origin as unknown; zlib's level 6 is its default.
  await pipeline(createReadStream(tar), createGzip({ level: 6 }), createWriteStream(draft));
  const [diffId, packed] = [await sha256(tar), await sha256(draft)];
  rmSync(tar);
  const target = join(blobs, packed.hex);
  renameSync(draft, target);
  const mediaType = "application/vnd.oci.image.layer.v1.tar+gzip";
  return {
    descriptor: { mediaType, digest: `sha256:${packed.hex}`, size: packed.size },
    diffId: `sha256:${diffId.hex}`,
  };
}

/** Options of GNU tar for the same bytes from the same content. */
export function sameBytes(epoch: number): readonly string[] {
  return ["--sort=name", `--mtime=@${epoch}`, "--owner=0", "--group=0", "--numeric-owner", "--format=gnu"];
}

async function sha256(path: string): Promise<{ readonly hex: string; readonly size: number }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    // A stream without an encoding gives bytes.
    const bytes = chunk as Buffer;
    hash.update(bytes);
    size += bytes.length;
  }
  return { hex: hash.digest("hex"), size };
}
