import type { RunEvent } from "../run/events";
import type { Files } from "../world/index";

/** Writes what Terraform is told and says into one log for each layer, in a folder that only its owner may read. */
export function layerLogs(files: Files, folder: string): (event: RunEvent) => void {
  const append = (layer: string, text: string) => {
    files.append(`${folder}/${layer}.log`, text);
  };
  return (event) => {
    if (event.type === "terraform began")
      append(event.layer, `\n$ terraform -chdir=${event.folder} ${event.arguments.join(" ")}\n`);
    if (event.type === "terraform printed") append(event.layer, `${event.text}\n`);
  };
}
