import { commandLine } from "../../command-line/request";
import type { Row } from "../../run/outcome";
import type { Run } from "../../run/run";

/** The command that goes on after a plan, for no more layers than it needs; undefined if nothing changes. */
export function nextCommand(run: Run, rows: readonly Row[]): string | undefined {
  if (!rows.some(({ kind }) => kind === "to change" || kind === "waiting")) return undefined;
  const planned = rows.map(({ layer }) => layer);
  const needsOthers = rows.some(({ kind, because = "" }) => kind === "waiting" && !planned.includes(because));
  const { only, from, until, save } = run.request;
  if (save !== undefined) return commandLine(run.request, { command: "apply", plan: save });
  const layers = needsOthers ? { until: lastOf(run) } : { only, from, until };
  return commandLine(run.request, { command: "apply", ...layers });
}

/** The last of the selected layers, with which those before it are applied; undefined if it is the last of all. */
function lastOf({ layers, selected }: Run): string | undefined {
  const last = selected.at(-1);
  return last === layers.at(-1) ? undefined : last?.name;
}

/** What comes after a plan: why layers wait, and the command that goes on. */
export function nextSteps(run: Run, rows: readonly Row[]): readonly string[] {
  const waiting = rows.filter(({ kind }) => kind === "waiting").length;
  const next = nextCommand(run, rows);
  const layers = waiting === 1 ? "1 layer waits" : `${waiting} layers wait`;
  return [
    ...(waiting === 0
      ? []
      : [
          `${layers} for what earlier layers create: apply plans each layer when its turn comes, and asks before it changes anything`,
        ]),
    ...(next === undefined ? [] : [`Next: ${next}`]),
  ];
}
