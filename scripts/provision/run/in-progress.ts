import { hasEnded, readHolder } from "./lock-holder";
import type { World } from "../world/index";

/** A run that has not ended. */
export interface InProgress {
  readonly command: string;
  /** As ISO 8601. */
  readonly started: string;
  readonly pid: number;
  readonly host: string;
}

/** The run that has the lock of one of these folders; undefined if there is none. */
export function runInProgress(world: World, folders: readonly string[]): InProgress | undefined {
  for (const folder of folders) {
    const holder = readHolder(world.files.read(`${folder}/run.lock`) ?? "");
    if (holder === undefined || Number.isNaN(Date.parse(holder.started)) || hasEnded(world, holder)) continue;
    const { command, started, pid, host } = holder;
    return { command, started, pid, host };
  }
  return undefined;
}
