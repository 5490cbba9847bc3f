import { faultText } from "../aws/fault";
import type { LockStore } from "../aws/lock-store";

/** Releases a lock with this text; returns why that failed. The lock of a rehearsal is a file, and the disk may be full. */
export async function whyKept(store: LockStore, released: string, etag: string): Promise<string | undefined> {
  try {
    const written = await store.replace(released, etag);
    return written.kind === "fault" ? faultText(written.fault) : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
