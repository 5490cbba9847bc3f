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

/** Throws while a layer that stays reads from one that goes. */
export async function assertNoReaders(run: Run): Promise<void> {
  const going = new Set(run.selected.map(({ name }) => name));
  const maker = bootstrapLayer(run);
  const stateGoes = maker !== undefined && going.has(maker.name);
  for (const layer of run.layers.filter(({ name }) => !going.has(name))) {
    const need = Object.values(layer.needs).find(({ name }) => going.has(name))?.name;
    const lost = need ?? (stateGoes ? maker.name : undefined);
    if (lost === undefined || !(await holdsObjects(terraformFor(run, layer, { verb: "read" })))) continue;
    const both = [...run.selected.map(({ name }) => name), layer.name];
    throw new UserError(
      `Cannot destroy "${lost}": "${layer.name}" still exists and ${need === undefined ? "keeps its state there" : "reads its outputs"}`,
      `Destroy both, run: ${commandLine(run.request, { only: both, from: undefined, until: undefined })}`,
      exitCodes.preflightFailed,
    );
  }
}

/** Initialises a layer's folder; whether its state knows any object, which a missing state bucket does not. */
export async function holdsObjects(terraform: Terraform): Promise<boolean> {
  try {
    await terraform.initialise();
  } catch (error) {
    if (error instanceof TerraformFailure && error.kind === "bucketMissing") return false;
    throw error;
  }
  return ((await pullStateHead(terraform))?.objects ?? 0) > 0;
}

/** The operator types the environment's name, now or in advance; without questions, losses are allowed by name. */
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
    question: `Destroy ${run.selected.map((layer) => layer.name).join(", ")}? Type ${name} to agree:`,
    expected: name,
    next: commandLine(run.request),
  });
}

function assertConfirmed({ request }: DestroyRun, name: string): void {
  if (request.confirm !== undefined) return;
  throw new UserError(
    `Cannot destroy "${name}" without asking: its name is not confirmed`,
    `Run: ${commandLine(request, { confirm: name })}`,
    exitCodes.preflightFailed,
  );
}

/** From the synthesis, so that a run without questions is refused before it destroys anything. */
function holdsData({ world, folders }: Run, layer: AnyLayer): boolean {
  const { resource = {} } = readLayer(world.files, layerFolder(folders.synthesised, layer.name));
  return Object.keys(resource).some(isStateful);
}
