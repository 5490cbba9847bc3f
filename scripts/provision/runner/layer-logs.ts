import { planText } from "../plan-view/text";
import type { RunEvent } from "../run/events";
import type { Records } from "../run/records";
import { quoted } from "../command-line/quoted";
import { typedCommand } from "../terraform/typed-command";

/** The log of hooks, in a folder of its own: a layer can have any name. */
export function hooksLog(folder: string): string {
  return `${folder}/run/hooks.log`;
}

/** Writes Terraform's arguments and output to one log per layer, and those of hooks to another log. */
export function layerLogs(records: Pick<Records, "append">, folder: string): (event: RunEvent) => void {
  const append = (layer: string, text: string) => {
    records.append(`${folder}/${layer}.log`, text);
  };
  const appendToHooks = (text: string) => {
    records.append(hooksLog(folder), text);
  };
  return (event) => {
    if (event.type === "terraform began")
      append(event.layer, `\n$ ${typedCommand(event, event.arguments.map(quoted).join(" "))}\n`);
    if (event.type === "terraform printed") append(event.layer, `${event.text}\n`);
    if (event.type === "plan read") append(event.layer, `${planText(event.plan).join("\n")}\n`);
    if (event.type === "hook began") appendToHooks(`\n# ${event.hook}\n$ ${event.command.join(" ")}\n`);
    if (event.type === "hook printed") appendToHooks(`${event.text}\n`);
    if (event.type === "hook ended")
      appendToHooks(`# exit code ${event.exitCode} after ${event.seconds.toFixed(1)} s\n`);
  };
}
