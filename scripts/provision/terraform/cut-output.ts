import { FileError } from "../../../lib/errors";
import { isChanging } from "../run/changing-commands";
import type { Finished } from "../world/index";
import type { Failed } from "./failure";

/** Throws if what a command printed is not all. One that changes something is over then, and the state says what it did. */
export function assertWhole(
  { verb, layer, folder, retry }: Pick<Failed, "verb" | "layer" | "folder" | "retry">,
  command: string,
  { isCut }: Finished,
): void {
  if (isCut === true && !isChanging(command)) throw cutOff({ verb, layer, folder, retry });
}

/** The error for a command whose output may lack the reason for which it failed. */
export function cutOff({
  verb,
  layer,
  folder,
  retry,
}: Pick<Failed, "verb" | "layer" | "folder" | "retry">): FileError {
  return new FileError(
    `Cannot ${verb} "${layer}": no space is left on the device of ${folder}, so that a part of what Terraform printed may be missing`,
    `Free disk space, and run: ${retry}`,
  );
}
