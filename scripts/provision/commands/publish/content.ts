import { createHash } from "node:crypto";
import type { World } from "../../world/index";
import { changed } from "./unpublishable";

/** Bytes that are read when they are needed. */
export interface Source {
  readonly size: number;
  part(from: number, length: number): Buffer;
}

/** A blob of an artefact or image. */
export interface Blob extends Source {
  /** `sha256:…` */
  readonly digest: string;
}

/** A manifest or index. */
export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** What is pushed. */
export interface Content {
  readonly blobs: readonly Blob[];
  /** Manifests that the top one names, each after those that it names itself. */
  readonly parts: readonly Manifest[];
  /** What gets the tag. */
  readonly top: Manifest;
}

const megabyte = 1024 * 1024;

/** A part of a file. */
export function sourceIn({ files }: Pick<World, "files">, path: string, place?: Place): Source {
  const { start, size } = place ?? { start: 0, size: files.size(path) };
  return {
    size,
    part: (from, length) => {
      const wanted = Math.min(length, size - from);
      const part = files.part(path, start + from, wanted);
      // A file that became shorter would be sent without its end.
      if (part.length < wanted) throw changed(path);
      return part;
    },
  };
}

interface Place {
  readonly start: number;
  readonly size: number;
}

/** The content in pieces of so many bytes; `passed` is told how many have been read. */
export function* piecesOf(
  source: Source,
  bytes: number = megabyte,
  passed: (count: number) => void = () => undefined,
): Generator<Buffer> {
  for (let from = 0; from < source.size; from += bytes) {
    const piece = source.part(from, bytes);
    yield piece;
    passed(from + piece.length);
  }
}

/** Digest of bytes, as registries write it. */
export function digestOf(content: Buffer | Iterable<Buffer>): string {
  const hash = createHash("sha256");
  for (const piece of Buffer.isBuffer(content) ? [content] : content) hash.update(piece);
  return `sha256:${hash.digest("hex")}`;
}
