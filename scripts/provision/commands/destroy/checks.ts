import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { TerraformFailure } from "../../terraform/failures";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { assertLossAllowed } from "../../runner/plan-consent";
import { commandLine } from "../../command-line/request";
import { terraformFor } from "../../terraform/for-layer";
import { bootstrapLayer, type Run } from "../../run/run";
import type { DestroyRun } from "./index";
import { pullStateHead } from "../../terraform/state";
import { isStateful } from "../../terraform/stateful";
import type { Terraform } from "../../terraform/terraform";
import { askConsent, assertTerminal } from "../../runner/consent";

/** Throws if a layer that is not selected reads outputs of one to destroy. */
export async function assertNoReaders(run: Run): Promise<void> {
  const destroyed = new Set(run.selected.map(({ name }) => name));
  const creator = bootstrapLayer(run);
  const stateDestroyed = creator !== undefined && destroyed.has(creator.name);
  for (const layer of run.layers.filter(({ name }) => !destroyed.has(name))) {
    const need = Object.values(layer.needs).find(({ name }) => destroyed.has(name))?.name;
    const subject = need ?? (stateDestroyed ? creator.name : undefined);
    if (subject === undefined || !(await holdsObjects(terraformFor(run, layer, { verb: "read" })))) continue;
    const both = [...run.selected.map(({ name }) => name), layer.name];
    throw new UserError(
      `Cannot destroy "${subject}": "${layer.name}" still exists and ${need === undefined ? "stores its state there" : "reads its outputs"}`,
      `To destroy both, run: ${commandLine(run.request, { only: both, from: undefined, until: undefined })}`,
      exitCodes.preflightFailed,
    );
  }
}

/** Initialises a layer's folder; returns whether its state contains any object. */
export async function holdsObjects(terraform: Terraform): Promise<boolean> {
  try {
    await terraform.initialise();
  } catch (error) {
    if (error instanceof TerraformFailure && error.kind === "bucketMissing") return false;
    throw error;
  }
  return ((await pullStateHead(terraform))?.objects ?? 0) > 0;
}

/** Requires the environment's name as confirmation; with --yes, data loss must be allowed per layer. */
export async function agreeToDestroy(run: DestroyRun): Promise<void> {
  const { name } = run.loaded.environment;
  const { confirm, rehearse, yes } = run.request;
  if (rehearse) return;
  if (confirm !== undefined && confirm !== name) {
    throw new UserError(
      `Cannot destroy "${name}": --confirm says "${confirm}"`,
      `Run: ${commandLine(run.request, { confirm: name })}`,
      exitCodes.preflightFailed,
    );
  }
  if (yes) {
    assertConfirmed(run, name);
    for (const layer of run.selected.filter((selected) => holdsData(run, selected)))
      assertLossAllowed(run, layer);
    return;
  }
  assertTerminal(run, { verb: "destroy", subject: name });
  if (confirm !== undefined) return;
  await askConsent(run, {
    verb: "destroy",
    subject: name,
    question: `Destroy ${run.selected.map((layer) => layer.name).join(", ")}? Enter ${name} to confirm:`,
    expected: name,
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
