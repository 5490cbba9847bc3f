import { table } from "../../../lib/table";
import type { Install } from "./install";
import { criticalPath, type Run, type Schedule } from "../../../synthesis/timing/schedule";

/** The modelled install may take this long: 20m45s. */
export const limitSeconds = 1245;

/** Layers at a time. */
export const slots = 3;

/** A table of the layers, the sums beside the limit, and the critical path down to single resources. */
export function installReport(
  { layers, oneByOne, sideBySide }: Install,
  resourcesOf: (layer: string) => Schedule,
): string {
  const rows = layers.map(({ name, seconds }) => {
    const { start = 0, end = 0 } = sideBySide.runs.get(name) ?? {};
    return [name, minutes(seconds), minutes(start), minutes(end)];
  });
  const path = criticalPath(sideBySide);
  const verdict = sideBySide.seconds <= limitSeconds ? "within" : "EXCEEDED";
  return [
    table({ head: ["layer", "takes", "from", "to"], rows }),
    `one after another: ${minutes(oneByOne)}`,
    `${slots} side by side: ${minutes(sideBySide.seconds)} (limit ${minutes(limitSeconds)}: ${verdict})`,
    `critical path: ${path.map(({ name, waitedForSlot }) => (waitedForSlot ? `(slot) ${name}` : name)).join(" -> ")}`,
    ...path.flatMap(({ name }) => criticalPath(resourcesOf(name)).map((run) => resourceLine(name, run))),
  ].join("\n");
}

function resourceLine(layer: string, { name, start, end, waitedForSlot }: Run): string {
  const remark = waitedForSlot ? ", after waiting for its turn" : "";
  return `  ${layer}: ${name}, ${minutes(end - start)}${remark}`;
}

function minutes(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}m${String(whole % 60).padStart(2, "0")}s`;
}
