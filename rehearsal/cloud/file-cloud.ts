import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Cloud, CloudObject } from "../engine/cloud";
import { BucketStore } from "../state/bucket-store";
import { digest } from "./digest";
import { writeFile } from "../system-error";

/**
 * Opens the simulated cloud inside the folder of a rehearsal as one provider sees it. There is one cloud for all:
 * kubernetes and helm share a cluster, and a release may have created the namespace that a manifest names.
 */
export function openCloud(directory: string, provider: string): Cloud {
  return new FileCloud({ directory: join(directory, "cloud"), provider, buckets: openBuckets(directory) });
}

/** Opens the contents of the simulated buckets, which the cloud and the S3 stand-in share. */
export function openBuckets(directory: string): BucketStore {
  return new BucketStore(join(directory, "s3"));
}

const isAbout = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/**
 * One JSON file per object. A file appears whole or not at all and a claim is a hard link, so that the several
 * providers of one rehearsal need no lock, and drift is created by editing a file.
 */
class FileCloud implements Cloud {
  private readonly directory: string;

  constructor(private readonly parts: { directory: string; provider: string; buckets: BucketStore }) {
    this.directory = parts.directory;
  }

  get(type: string, id: string): CloudObject | undefined {
    return read(this.file(type, id));
  }

  put(object: CloudObject): void {
    const file = this.file(object.type, object.id);
    renameSync(draft(file, object), file);
  }

  claim(object: CloudObject): boolean {
    const file = this.file(object.type, object.id);
    const written = draft(file, object);
    try {
      linkSync(written, file);
      return true;
    } catch (error) {
      if (isAbout(error, "EEXIST")) return false;
      throw error;
    } finally {
      rmSync(written, { force: true });
    }
  }

  remove(type: string, id: string): void {
    rmSync(this.file(type, id), { force: true });
  }

  list(type: string): readonly CloudObject[] {
    const folder = join(this.directory, type);
    const names = entries(folder).filter((name) => name.endsWith(".json"));
    // Another process may delete an object between the listing and the reading.
    return names.flatMap((name) => read(join(folder, name)) ?? []);
  }

  all(): readonly CloudObject[] {
    const own = entries(this.directory).filter((type) => type.startsWith(`${this.parts.provider}_`));
    return own.flatMap((type) => this.list(type));
  }

  keysIn(bucket: string): readonly string[] {
    return this.parts.buckets.keys(bucket);
  }

  empty(bucket: string): void {
    this.parts.buckets.empty(bucket);
  }

  private file(type: string, id: string): string {
    return join(this.directory, type, `${fileName(id)}.json`);
  }
}

/** Long ids (listener rules, composite keys) would pass the 255 bytes a file name may have. */
function fileName(id: string): string {
  const encoded = encodeURIComponent(id);
  return encoded.length <= 180 ? encoded : `${encoded.slice(0, 140)}~${digest(id, 32)}`;
}

function draft(file: string, object: CloudObject): string {
  mkdirSync(dirname(file), { recursive: true });
  const written = `${file}.${randomBytes(6).toString("hex")}`;
  writeFile(written, `${JSON.stringify(object, null, 1)}\n`);
  return written;
}

function read(file: string): CloudObject | undefined {
  try {
    // Only this class writes these files; manual edits must keep the format.
    return JSON.parse(readFileSync(file, "utf8")) as CloudObject;
  } catch (error) {
    if (isAbout(error, "ENOENT")) return undefined;
    throw error;
  }
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (isAbout(error, "ENOENT")) return [];
    throw error;
  }
}
