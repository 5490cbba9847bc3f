import { createHash, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeFile } from "../system-error";

/** What a conditional write asks for, named as the HTTP headers. */
export interface WriteCondition {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** One stored object and what its listing shows. */
export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly modified: Date;
}

/** Half-written objects wait here, where no bucket can be: bucket names start with a letter or a digit. */
const drafts = ".drafts";

const etagOf = (body: Buffer): string => `"${createHash("md5").update(body).digest("hex")}"`;

const missing = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/** The objects of every bucket: one file per key in the folder of its bucket, safe for several processes. */
export class BucketStore {
  constructor(private readonly directory: string) {}

  get(bucket: string, key: string): StoredObject | undefined {
    const file = this.file(bucket, key);
    try {
      const body = readFileSync(file);
      return { key, body, etag: etagOf(body), modified: statSync(file).mtime };
    } catch (error) {
      if (missing(error, "ENOENT")) return undefined;
      throw error;
    }
  }

  /** Writes an object whole or not at all; undefined when the condition does not hold. */
  put(bucket: string, key: string, write: { body: Buffer; condition?: WriteCondition }): string | undefined {
    const { body, condition = {} } = write;
    if (condition.ifMatch !== undefined && this.get(bucket, key)?.etag !== condition.ifMatch)
      return undefined;
    const file = this.file(bucket, key);
    const draft = this.draft(bucket, body);
    if (condition.ifNoneMatch !== "*") {
      renameSync(draft, file);
      return etagOf(body);
    }
    return this.linkUnlessTaken(draft, file) ? etagOf(body) : undefined;
  }

  remove(bucket: string, key: string): void {
    rmSync(this.file(bucket, key), { force: true });
  }

  list(bucket: string, prefix = ""): readonly StoredObject[] {
    return this.keys(bucket)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => this.get(bucket, key) ?? []);
  }

  keys(bucket: string): readonly string[] {
    return entries(join(this.directory, bucket)).map(decodeURIComponent).sort();
  }

  /** Buckets that hold, or once held, an object. */
  buckets(): readonly string[] {
    return entries(this.directory).filter((name) => name !== drafts);
  }

  /** Removes every object of a bucket, as `force_destroy` does. */
  empty(bucket: string): void {
    rmSync(join(this.directory, bucket), { recursive: true, force: true });
  }

  private file(bucket: string, key: string): string {
    return join(this.directory, bucket, encodeURIComponent(key));
  }

  private draft(bucket: string, body: Buffer): string {
    mkdirSync(join(this.directory, bucket), { recursive: true });
    const folder = join(this.directory, drafts);
    mkdirSync(folder, { recursive: true });
    const draft = join(folder, randomBytes(12).toString("hex"));
    writeFile(draft, body);
    return draft;
  }

  /** A hard link appears with its content, or fails: a reader never meets a half-written lock. */
  private linkUnlessTaken(draft: string, file: string): boolean {
    try {
      linkSync(draft, file);
      return true;
    } catch (error) {
      if (missing(error, "EEXIST")) return false;
      throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (missing(error, "ENOENT")) return [];
    throw error;
  }
}
