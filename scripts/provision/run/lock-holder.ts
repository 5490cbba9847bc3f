import { z } from "zod";
import type { World } from "../world/index";
import { jsonOrUndefined } from "./json";

const holderShape = z.object({
  // 0 and negative numbers are groups of processes.
  pid: z.int().positive(),
  host: z.string(),
  command: z.string().min(1),
  started: z.string(),
});
/** The run that a lock file is of. */
export type Holder = z.output<typeof holderShape>;

/** Undefined for a text that names none. */
export function readHolder(text: string): Holder | undefined {
  return holderShape.safeParse(jsonOrUndefined(text)).data;
}

/** A process of this number that is this one is not the holder: containers number from 1 each time they start. */
export function hasEnded({ self, processes }: World, { pid, host }: Pick<Holder, "pid" | "host">): boolean {
  return host === self.host && (pid === self.pid || !processes.exists(pid));
}
