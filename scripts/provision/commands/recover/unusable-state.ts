import type { AnyLayer } from "../../../../lib/layer/layer";
import { damagedStateFile } from "../../run/kept-state-file";
import { recoverLine } from "../../run/recover-line";
import { readStateHead, type StateHead } from "../../terraform/state";
import type { RecoverRun } from "./index";

/** The head of a state; undefined if the text is empty or cut short. */
export function stateIn(text: string | undefined): StateHead | undefined {
  try {
    return readStateHead(text);
  } catch {
    return undefined;
  }
}

/**
 * Moves a file away in which Terraform could write no whole state, because the disk was full: nothing can be saved of it. What it
 * would have listed is then searched for.
 */
export function setAsideUnusable(run: RecoverRun, layer: AnyLayer, path: string): void {
  const { world, screen } = run;
  const text = world.files.read(path) ?? "";
  const target = damagedStateFile(run, layer, text);
  if (text !== "") world.files.write(target, text, "secret");
  world.files.remove(path);
  screen.print(
    `\n${layer.name}: the state in ${path} is not whole, so that it cannot be saved; it is ${text === "" ? "empty, and removed" : `moved to ${target}`}\n  If the run that failed has named another file with its state, answer no below, and run: ${recoverLine(run, layer)} --state <that file>`,
  );
}
