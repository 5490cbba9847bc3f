import type { Files } from "../world/index";
import { appendCreation, type Creation, forgetCreations } from "./creations";
import type { RunEvent } from "./events";
import type { RunFolders } from "./folders";
import type { Change } from "./plan";

type Place = Pick<RunFolders, "own">;
type Line = Parameters<typeof appendCreation>[2]["line"];

/** Ways in which a layer ends with all its objects in its state. */
const settled: readonly string[] = ["applied", "unchanged", "destroyed", "nothing to destroy"];

/** Records each creation while it happens, until its layer has ended well: Terraform saves its state only now and then. */
export function recordCreations(
  files: Pick<Files, "read" | "append" | "remove">,
  place: Place,
): (event: RunEvent) => void {
  const planned = new Planned();
  return (event) => {
    planned.listen(event);
    for (const one of linesFor(event, planned)) appendCreation(files, place, one);
    if (event.type !== "layer ended" || event.row.preparation !== undefined) return;
    if (settled.includes(event.row.kind)) forgetCreations(files, place, event.row.layer);
  };
}

/** What the state of a layer has at an address before an apply changes it, by layer and address. */
class Planned {
  private readonly replaced = new Map<string, string>();
  private readonly deleted = new Map<string, string>();

  readonly listen = (event: RunEvent): void => {
    if (event.type === "plan read")
      for (const { address, instead } of event.plan.changes)
        set(this.replaced, [event.layer, address], instead);
    // Only at its beginning, Terraform says what it deletes.
    if (event.type === "object began" && event.change.action === "delete")
      set(this.deleted, [event.layer, event.change.address], event.change.id);
  };

  replacedAt(...place: readonly [layer: string, address: string]): string | undefined {
    return this.replaced.get(place.join(" "));
  }

  deletedAt(...place: readonly [layer: string, address: string]): string | undefined {
    return this.deleted.get(place.join(" "));
  }
}

function set(
  ids: Map<string, string>,
  place: readonly [layer: string, address: string],
  id: string | undefined,
): void {
  if (id === undefined) ids.delete(place.join(" "));
  else ids.set(place.join(" "), id);
}

function linesFor(
  event: RunEvent,
  planned: Planned,
): readonly { readonly layer: string; readonly line: Line }[] {
  if (event.type === "answer lost") return [{ layer: event.layer, line: { lost: event.address ?? true } }];
  if (event.type === "answer given") return [{ layer: event.layer, line: { answered: event.address } }];
  if (!("change" in event)) return [];
  const { layer, change } = event;
  const line = change.action === "create" ? creationLine(event, planned) : deletionLine(event, planned);
  return line === undefined ? [] : [{ layer, line }];
}

type Changing = Extract<RunEvent, { readonly change: Change }>;

function creationLine({ type: phase, layer, change }: Changing, planned: Planned): Line | undefined {
  const { address, type, id } = change;
  const instead = planned.replacedAt(layer, address);
  switch (phase) {
    case "object began":
      return { began: address, type, ...(instead === undefined ? {} : { instead }) };
    case "object changed":
      return { created: address, type, ...(id === undefined ? {} : { id }) };
    case "object failed":
      return { failed: address };
  }
}

function deletionLine(
  { type, layer, change: { action, address } }: Changing,
  planned: Planned,
): Line | undefined {
  const id = planned.deletedAt(layer, address);
  const isDone = action === "delete" && type === "object changed";
  return isDone && id !== undefined ? { deleted: address, id } : undefined;
}

/** Records objects of a layer that its state has no longer, as if a run had created them without saving it. */
export function recordObjects(
  files: Pick<Files, "append">,
  place: Place,
  { layer, objects }: { readonly layer: string; readonly objects: readonly Creation[] },
): void {
  for (const { address, type, ids } of objects) {
    if (ids.length === 0) appendCreation(files, place, { layer, line: { began: address, type } });
    for (const id of ids) appendCreation(files, place, { layer, line: { created: address, type, id } });
  }
}
