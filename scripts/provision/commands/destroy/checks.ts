import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { commandLine } from "../../command-line/request";
import type { Run } from "../../run/run";
import { askName } from "../../runner/consent";
import { assertLossAllowed } from "../../runner/plan-consent";
import { assertTerminal } from "../../runner/unattended";
import { isStateful } from "../../terraform/stateful";
import type { DestroyRun } from "./index";

/** Throws if --confirm names another environment, also in a rehearsal, so that it shows what the real run does. */
export function assertConfirmFits(run: DestroyRun): void {
  const { name } = run.loaded.environment;
  const { confirm } = run.request;
  if (confirm === undefined || confirm === name) return;
  throw new UserError(
    `Cannot destroy "${name}": --confirm says "${confirm}"`,
    `Run: ${commandLine(run.request, { confirm: name })}`,
    exitCodes.preflightFailed,
  );
}

/** Requires the environment's name as confirmation; with --yes, data loss must be allowed per layer. */
export async function agreeToDestroy(run: DestroyRun): Promise<void> {
  const { name } = run.loaded.environment;
  const { confirm, rehearse, yes } = run.request;
  if (rehearse) return;
  if (yes) {
    assertConfirmed(run, name);
    assertLossAllowed(
      run,
      run.selected.filter((layer) => holdsData(run, layer)),
    );
    return;
  }
  const layers = run.selected.map((layer) => layer.name);
  assertTerminal(run, {
    verb: "destroy",
    subject: name,
    review: `the layers to destroy (${layers.join(", ")})`,
    advance: { confirm: name },
  });
  if (confirm !== undefined) return;
  run.screen.print(`\n  Layers to destroy: ${layers.join(", ")}`);
  const what = layers.length === 1 ? "this layer" : `these ${layers.length} layers`;
  await askName(run, {
    verb: "destroy",
    subject: name,
    question: `Destroy ${what} of ${name}?`,
    name,
    next: commandLine(run.request),
  });
}

function assertConfirmed({ request }: DestroyRun, name: string): void {
  if (request.confirm !== undefined) return;
  throw new UserError(
    `Cannot destroy "${name}" without approval: its name is not confirmed`,
    `Run: ${commandLine(request, { confirm: name })}`,
    exitCodes.preflightFailed,
  );
}

/** Uses the synthesised JSON, so that a run with --yes is refused before it destroys anything. */
function holdsData({ world, folders }: Run, layer: AnyLayer): boolean {
  const { resource = {} } = readLayer(world.files, layerFolder(folders.synthesised, layer.name));
  return Object.keys(resource).some(isStateful);
}
