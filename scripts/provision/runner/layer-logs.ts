import type { RunEvent } from "../run/events";
import type { Files } from "../world/index";

/** Writes the arguments and the output of Terraform into one log for each layer, and those of hooks into another one. */
export function layerLogs(files: Files, folder: string): (event: RunEvent) => void {
  const append = (layer: string, text: string) => {
    files.append(`${folder}/${layer}.log`, text);
  };
  return (event) => {
    if (event.type === "terraform began")
      append(event.layer, `\n$ terraform -chdir=${event.folder} ${event.arguments.join(" ")}\n`);
    if (event.type === "terraform printed") append(event.layer, `${event.text}\n`);
    if (event.type === "hook began") append("hooks", `\n# ${event.hook}\n$ ${event.command.join(" ")}\n`);
    if (event.type === "hook printed") append("hooks", `${event.text}\n`);
    if (event.type === "hook ended")
      append("hooks", `# exit code ${event.exitCode} after ${event.seconds.toFixed(1)} s\n`);
  };
}
