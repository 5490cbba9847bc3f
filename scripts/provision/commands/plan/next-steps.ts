import { commandLine } from "../../command-line/request";
import type { Row } from "../../run/outcome";
import type { Run } from "../../run/run";

/** What comes after a plan: why layers wait, and the command that goes on. */
export function nextSteps({ request }: Run, rows: readonly Row[]): readonly string[] {
  const waiting = rows.filter(({ kind }) => kind === "waiting").length;
  const changing = rows.filter(({ kind }) => kind === "to change").length;
  if (waiting + changing === 0) return [];
  const layers = waiting === 1 ? "1 layer waits" : `${waiting} layers wait`;
  return [
    ...(waiting === 0
      ? []
      : [
          `${layers} for what earlier layers create: apply plans each layer when its turn comes, and asks before it changes anything`,
        ]),
    `Next: ${commandLine(request, { command: "apply" })}`,
  ];
}
