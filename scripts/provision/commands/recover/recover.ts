import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { commandLine } from "../../command-line/request";
import type { Asked } from "../../run/command";
import { unsavedStates } from "../../terraform/unsaved-state";
import type { RecoverRun } from "./index";
import { recoverLayers } from "./recover-layers";
import { restoreStates } from "./restore-states";
import { saveState } from "./save-state";
import { setAsideUnusable, stateIn } from "./unusable-state";

/** Throws if --state or --state-version is given for other than one layer. */
export function check({ request }: Asked<RecoverRun>): void {
  const { state, stateVersion, only } = request;
  if ((state === undefined && stateVersion === undefined) || only.length === 1) return;
  throw new UserError(
    `Cannot recover: ${state === undefined ? "--state-version" : "--state"} is the state of one layer`,
    `Add --only with its layer: ${commandLine(request, { from: undefined, until: undefined, only: ["<layer>"] })}`,
    exitCodes.usage,
  );
}

/** Saves every state that an earlier run could not save, then looks for objects that are in none. */
export async function handle(run: RecoverRun): Promise<number> {
  const { state, stateVersion } = run.request;
  // A version that is named was chosen before any other state.
  const chosen = stateVersion === undefined ? 0 : await restoreStates(run);
  const { found, suspect } = await saveStates(run);
  const restored = state === undefined && stateVersion === undefined ? await restoreStates(run) : chosen;
  // What is in no state is searched for when the operator has seen what was restored.
  const isSearched = restored === 0 && (state === undefined || suspect.size > 0);
  const searched = isSearched ? await recoverLayers(run, suspect) : 0;
  if (found + restored + searched === 0)
    run.screen.print(
      `\nNothing to recover: every state of ${run.loaded.environment.name} was saved\nTo look for objects that are in no state, name their layers with --only`,
    );
  else if (restored === 0)
    run.screen.print(`\nTo go on, run the command again that failed, e.g.: ${applyLine(run)}`);
  return exitCodes.done;
}

/** What became of the states that earlier runs could not save. */
interface Saved {
  /** How many there were. */
  readonly found: number;
  /** Layers of which objects may be in no state. */
  readonly suspect: ReadonlySet<AnyLayer>;
}

async function saveStates(run: RecoverRun): Promise<Saved> {
  const { state } = run.request;
  const suspect = new Set<AnyLayer>();
  let found = 0;
  const isCut = (path: string) => state === undefined && stateIn(run.world.files.read(path)) === undefined;
  for (const { layer, path } of run.selected.flatMap((layer) => unsavedOf(run, layer)))
    if (isCut(path)) {
      setAsideUnusable(run, layer, path);
      suspect.add(layer);
    } else {
      const left = await saveState(run, layer, path);
      if (left.length > 0) suspect.add(layer);
      found += 1;
    }
  return { found, suspect };
}

function unsavedOf(run: RecoverRun, layer: AnyLayer) {
  const { state } = run.request;
  const paths = state === undefined ? unsavedStates(run, layer) : [state];
  return paths.map((path) => ({ layer, path }));
}

function applyLine({ request }: RecoverRun): string {
  return commandLine(request, { command: "apply" });
}
