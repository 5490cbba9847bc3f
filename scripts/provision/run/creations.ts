import { z } from "zod";
import type { Files } from "../world/index";
import type { RunEvent } from "./events";
import type { RunFolders } from "./folders";
import { jsonOrUndefined } from "./json";

/** Lines of the record: a creation that began, was completed or failed, or that an answer was lost. */
const lineShape = z.union([
  z.object({ began: z.string(), type: z.string() }),
  z.object({ created: z.string(), type: z.string(), id: z.string().optional() }),
  z.object({ failed: z.string() }),
  z.object({ lost: z.literal(true) }),
]);
type Line = z.output<typeof lineShape>;

/** A creation whose object may be in no state. */
export interface Creation {
  readonly address: string;
  readonly type: string;
  /** What the provider knows the object by, each time that one was created at this address; none: it is not known whether one was. */
  readonly ids: readonly string[];
}

type Place = Pick<RunFolders, "own">;

function recordFile({ own }: Place, layer: string): string {
  return `${own}/creations/${layer}.jsonl`;
}

/** Ways in which a layer ends with all its objects in its state. */
const settled: readonly string[] = ["applied", "unchanged", "destroyed", "nothing to destroy"];

/** Records each creation while it happens, until its layer has ended well: Terraform saves its state only now and then. */
export function recordCreations(
  files: Pick<Files, "read" | "append" | "remove">,
  place: Place,
): (event: RunEvent) => void {
  const append = (layer: string, line: Line) => {
    files.append(recordFile(place, layer), `${JSON.stringify(line)}\n`);
  };
  return (event) => {
    if (event.type === "answer lost") append(event.layer, { lost: true });
    if (
      event.type === "layer ended" &&
      event.row.preparation === undefined &&
      settled.includes(event.row.kind)
    )
      forgetCreations(files, place, event.row.layer);
    if (!("change" in event) || event.change.action !== "create") return;
    const { address, type, id } = event.change;
    if (event.type === "object began") append(event.layer, { began: address, type });
    if (event.type === "object changed")
      append(event.layer, { created: address, type, ...(id === undefined ? {} : { id }) });
    if (event.type === "object failed") append(event.layer, { failed: address });
  };
}

/** Forgets what is recorded of a layer whose objects are all in its state. */
export function forgetCreations(files: Pick<Files, "remove" | "read">, place: Place, layer: string): void {
  const file = recordFile(place, layer);
  if (files.read(file) !== undefined) files.remove(file);
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
  const isLost = lines.some((line) => "lost" in line);
  const found = new Map<string, Creation>();
  for (const line of lines) {
    if ("began" in line) {
      const { began: address, type } = line;
      found.set(address, { address, type, ids: found.get(address)?.ids ?? [] });
    }
    if ("created" in line) {
      const { created: address, type, id } = line;
      const ids = [...(found.get(address)?.ids ?? []), ...(id === undefined ? [] : [id])];
      found.set(address, { address, type, ids: [...new Set(ids)] });
    }
    if ("failed" in line && !isLost && found.get(line.failed)?.ids.length === 0) found.delete(line.failed);
  }
  return [...found.values()];
}
