import { UserError } from "../../../lib/errors";
import { quoted } from "../command-line/quoted";
import { terraformFiles } from "../run/folders";
import type { World } from "../world/index";

const { unsavedState } = terraformFiles;

/** What Terraform says when it could not even write that file. */
const onlyPrinted = /raw state data is printed above/;

/** What a failed command knows of the state; see `Failed`. */
interface Dumped {
  readonly keptState: string | undefined;
  readonly log: string;
  readonly terraform: string;
  readonly folder: string;
  readonly recover: string;
}

/**
 * Keeps a state that Terraform could save neither in its backend nor in a file, e.g. on a full disk: Terraform only prints
 * it, once. Returns its path; undefined if it is on the screen, which is the last resort.
 */
export function keepState({ files, terminal }: World, folder: string, state: string): string | undefined {
  for (const place of [`${files.absolute(folder)}/${unsavedState}`, `${files.temporary()}/${unsavedState}`]) {
    try {
      files.write(place, `${state}\n`, "secret");
      return place;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  terminal.printError(state);
  return undefined;
}

/** Where the state is, for the sentence of the failure. */
export function placeOfState(output: string, { keptState, log, terraform }: Dumped): string {
  if (keptState !== undefined) return `in ${keptState}`;
  if (!onlyPrinted.test(output)) return `in ${unsavedState}`;
  // With -json, Terraform has printed it where only we could read it.
  if (terraform === "apply") return "printed above, from the first { to the last }";
  return `in ${log}, from the first { to the last }`;
}

/** How to save it. */
export function savingOfState(output: string, { keptState, folder, recover }: Dumped): string {
  if (keptState === undefined)
    return onlyPrinted.test(output)
      ? `Free disk space, copy the state to the file ${folder}/${unsavedState}, and run: ${recover}`
      : `Run: ${recover}`;
  const inPlace = keptState.endsWith(`${folder}/${unsavedState}`);
  return `Free disk space, and run: ${recover}${inPlace ? "" : ` --state ${quoted(keptState)}`}`;
}
