import { z } from "zod";
import type { Files } from "../world/index";
import type { RunFolders } from "./folders";
import { jsonOrUndefined } from "./json";

/** Lines of the record: a creation that began, was completed or failed, a deletion, or the answer why, or that it was lost, of all changes if no address is known. */
const lineShape = z.union([
  z.object({ began: z.string(), type: z.string(), instead: z.string().optional() }),
  z.object({ created: z.string(), type: z.string(), id: z.string().optional() }),
  z.object({ failed: z.string() }),
  z.object({ deleted: z.string(), id: z.string() }),
  z.object({ answered: z.string() }),
  z.object({ lost: z.union([z.string(), z.literal(true)]) }),
]);
type Line = z.output<typeof lineShape>;

/** A creation whose object may be in no state. */
export interface Creation {
  readonly address: string;
  readonly type: string;
  /** What the provider knows the object by, each time that one was created at this address; none: it is not known whether one was. */
  readonly ids: readonly string[];
  /** The object whose place it takes, by which the state knew the resource before. */
  readonly instead?: string;
}

type Place = Pick<RunFolders, "own">;

function recordFile({ own }: Place, layer: string): string {
  return `${own}/creations/${layer}.jsonl`;
}

/** Adds a line to the record of a layer. */
export function appendCreation(
  files: Pick<Files, "append">,
  place: Place,
  { layer, line }: { readonly layer: string; readonly line: Line },
): void {
  files.append(recordFile(place, layer), `${JSON.stringify(line)}\n`);
}

/** Forgets what is recorded of a layer whose objects are all in its state. */
export function forgetCreations(files: Pick<Files, "remove" | "read">, place: Place, layer: string): void {
  const file = recordFile(place, layer);
  if (files.read(file) !== undefined) files.remove(file);
}

/** Whether nobody knows why the last creation at an address failed: of one that was answered, Terraform says so with its address. */
function lostIn(lines: readonly Line[]): (address: string) => boolean {
  const lost = new Set<string | true>();
  const answered = new Set<string>();
  for (const line of lines) {
    if ("began" in line) answered.delete(line.began);
    if ("answered" in line) answered.add(line.answered);
    if ("lost" in line) lost.add(line.lost);
  }
  return (address) => lost.has(address) || (lost.has(true) && !answered.has(address));
}

/** The recorded creations of a layer, but for those that failed with an answer of the service. */
export function recordedCreations(
  files: Pick<Files, "read">,
  place: Place,
  layer: string,
): readonly Creation[] {
  const text = files.read(recordFile(place, layer)) ?? "";
  // The last line of a run that was killed may be cut off.
  const lines = text.split("\n").flatMap((line) => lineShape.safeParse(jsonOrUndefined(line)).data ?? []);
  const isLost = lostIn(lines);
  const found = new Map<string, Creation>();
  for (const line of lines) {
    if ("began" in line) {
      const before = found.get(line.began);
      // The next run reads once more what Terraform said, and not the plan.
      const { began: address, type, instead = before?.instead } = line;
      const ids = before?.ids ?? [];
      found.set(address, { address, type, ids, ...(instead === undefined ? {} : { instead }) });
    }
    if ("created" in line) {
      const { created: address, type, id } = line;
      const ids = [...(found.get(address)?.ids ?? []), ...(id === undefined ? [] : [id])];
      found.set(address, { ...found.get(address), address, type, ids: [...new Set(ids)] });
    }
    if ("deleted" in line) {
      const { deleted: address, id } = line;
      const { type = "", ids = [] } = found.get(address) ?? {};
      const left = ids.filter((each) => each !== id);
      if (left.length > 0) found.set(address, { ...found.get(address), address, type, ids: left });
      else if (ids.length > 0) found.delete(address);
    }
    if ("failed" in line && !isLost(line.failed) && found.get(line.failed)?.ids.length === 0)
      found.delete(line.failed);
  }
  return [...found.values()];
}
