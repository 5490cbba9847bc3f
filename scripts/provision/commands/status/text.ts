import { table } from "../../../../lib/table";
import { commandLine } from "../../command-line/request";
import type { Run } from "../../run/run";
import { printable } from "../../screen/printable";
import { minuteOf } from "../../screen/minute";
import { isPending, type PendingChanges } from "../../terraform/pending-changes";
import type { EnvironmentStatus, LayerStatus } from "./layer-status";

/** How many differing objects of a layer are listed; the JSON has all of them. */
const listed = 10;

/** The status of an environment as a table, and sentences below it. */
export function statusText(run: Run, { layers, leftovers, notes }: EnvironmentStatus): string {
  const { bold, yellow } = run.screen.ink;
  const shown = [...layers, ...leftovers];
  const known = layers.some(({ applied }) => applied !== undefined);
  const by = (layer: LayerStatus) => (known ? [appliedText(layer)] : []);
  const drawn = table({
    head: ["layer", "status", "serial", "changed", ...(known ? ["by"] : []), "resources", "pending"],
    rows: [
      ...layers.map((layer) => row(layer, pendingText(layer), by(layer))),
      ...leftovers.map((layer) => row(layer, "not in the file", by(layer))),
    ],
    numbers: ["serial", "resources"],
    ruled: false,
    bold,
    width: run.screen.columns,
  });
  const lines = [
    ...notes,
    ...shown.flatMap(layerNotes),
    ...leftovers.map(({ layer }) => `${layer}: in the state bucket, but not in ${run.file}`),
    // Whoever writes to the bucket names locks, layers and objects.
  ].map((note) => yellow(printable(note)));
  return ["", drawn, ...lines, ...layers.flatMap(pendingLines), ...closing(run, layers)].join("\n");
}

function row(
  { layer, status, serial, lastModified, resources, lock }: LayerStatus,
  pending: string,
  by: readonly string[],
): readonly (string | number)[] {
  const changed = lastModified === undefined ? "" : minuteOf(new Date(lastModified));
  const shown = lock === undefined ? status : `${status}, locked`;
  return [printable(layer), shown, serial ?? "", changed, ...by, resources ?? "", pending];
}

/** `anna@workstation, 01234567`: who last applied it, and by which commit. */
function appliedText({ applied }: LayerStatus): string {
  if (applied === undefined) return "";
  const { user, host, commit } = applied;
  const short = commit === undefined ? [] : [commit.replace(/^(.{8})[^-]*/, "$1")];
  return printable([`${user}@${host}`, ...short].join(", "));
}

/** `2 to create, 1 differs`. */
function pendingText({ status, pending }: LayerStatus): string {
  if (pending === undefined) return "unknown";
  if (status === "not applied" || status === "destroyed") return "everything";
  const { create, delete: gone, update } = pending;
  const counts: readonly (readonly [number, string])[] = [
    [create.length, "to create"],
    [gone.length, "to delete"],
    [update.length, update.length === 1 ? "differs" : "differ"],
  ];
  const parts = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return parts.length === 0 ? "none found" : parts.join(", ");
}

function layerNotes({ layer, notes, lock }: LayerStatus): readonly string[] {
  const held =
    lock === undefined ? [] : [`${layer}: locked by ${lock.who} since ${lock.since} (${lock.operation})`];
  return [...notes.map((note) => `${layer}: ${note}`), ...held];
}

/** What differs, address by address; of a layer that is not applied, everything does. */
function pendingLines({ layer, status, pending }: LayerStatus): readonly string[] {
  if (pending === undefined || (status !== "applied" && status !== "incomplete")) return [];
  const lines = changeLines(pending).map(printable);
  const more = lines.length > listed ? [`  … and ${lines.length - listed} more: --json lists them`] : [];
  return lines.length === 0 ? [] : [`${layer}:`, ...lines.slice(0, listed), ...more];
}

function changeLines({ create, delete: gone, update }: PendingChanges): readonly string[] {
  return [
    ...create.map((address) => `  + ${address}`),
    ...gone.map((address) => `  - ${address}`),
    ...update.map(({ address, arguments: names }) => `  ~ ${address}: ${names.join(", ")}`),
  ];
}

/** What was compared, and the next command. */
function closing(run: Run, layers: readonly LayerStatus[]): readonly string[] {
  const { dim } = run.screen.ink;
  if (layers.every(({ status }) => status === "not applied" || status === "no resources"))
    return [`Next: ${commandLine(run.request, { command: "plan" })}`];
  const found = layers.some(({ pending }) => pending !== undefined && isPending(pending));
  return [
    dim("Pending: resources, and arguments without expressions, that differ between file and state."),
    `${found ? "For all that apply would change" : "For what only AWS can tell"}: ${commandLine(run.request, { command: "plan" })}`,
  ];
}
