import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { liftGuards, targeting } from "../../runner/lift-guards";
import type { GuardLift } from "../../terraform/deletion-guards";
import { applyPlan, withPlan } from "../../terraform/plan-file";
import { commandLine } from "../../command-line/request";
import type { Change } from "../../run/plan";
import type { Run } from "../../run/run";
import type { Terraform } from "../../terraform/terraform";

/** Disables deletion protection and log delivery of the resources to destroy, and changes nothing else. */
export async function liftProtection(run: Run, layer: AnyLayer, terraform: Terraform): Promise<void> {
  const guarded = protectedAddresses(run, layer);
  if (guarded.length === 0) return;
  const { stdout } = await terraform.run(["state", "list"]);
  const existing = stdout.split("\n").filter((address) => guarded.includes(withoutKey(address)));
  const lifted = await lift(run, { layer, terraform, guarded }, existing);
  if (lifted.length > 0)
    run.events.note(`Disabled deletion protection and log delivery of ${lifted.join(", ")}`);
}

/** The changes of objects that the environment file no longer has, but the state does, because it was not applied since. */
export function unconfigured(run: Run, layer: AnyLayer, changes: readonly Change[]): readonly Change[] {
  const { resource = {} } = readLayer(run.world.files, layerFolder(run.folders.unprotected, layer.name));
  const configured = new Set(
    Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`)),
  );
  return changes.filter(({ address }) => !configured.has(withoutKey(address)));
}

/**
 * Destroys what is protected and in the state alone, before the rest, and returns how many objects that were: the state no
 * longer has what a lifted object depends on, and so when it must be deleted.
 */
export async function destroyUnconfigured(run: Run, terraform: Terraform, lift: GuardLift): Promise<number> {
  await liftGuards(run, terraform, lift);
  const { files, options } = targeting(run, lift.addresses);
  const { destroyed } = await withPlan(terraform, { files, options: ["-destroy", ...options] }, (plan) =>
    applyPlan(terraform, plan),
  );
  return destroyed;
}

interface Job {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
  /** Addresses without keys. */
  readonly guarded: readonly string[];
}

/** Returns the changed addresses, without objects that no longer exist but are still in the state. */
async function lift(run: Run, job: Job, existing: readonly string[]): Promise<readonly string[]> {
  if (existing.length === 0) return [];
  const options = existing.map((address) => `-target=${address}`);
  const isGuarded = (address: string) => job.guarded.includes(withoutKey(address));
  const found = await withPlan(job.terraform, { files: run.world.files, options }, async (plan) => {
    const gone = plan.changes.filter(({ address, action }) => action === "create" && isGuarded(address));
    if (gone.length > 0)
      return { retry: existing.filter((known) => gone.every(({ address }) => address !== known)) };
    const other = plan.changes.find(({ address, action }) => action !== "update" || !isGuarded(address));
    if (other) throw wouldChangeMore(run, job.layer, other.address);
    if (!plan.pending) return { lifted: [] };
    await applyPlan(job.terraform, plan);
    return { lifted: existing };
  });
  return found.retry === undefined ? found.lifted : lift(run, job, found.retry);
}

/** Addresses of the resources whose JSON differs between synthesis with and without deletion protection. */
function protectedAddresses({ folders, world }: Run, layer: AnyLayer): readonly string[] {
  const read = (outdir: string) => readLayer(world.files, layerFolder(outdir, layer.name)).resource;
  const unprotected = read(folders.unprotected);
  return Object.entries(read(folders.synthesised) ?? {}).flatMap(([type, resources]) =>
    Object.entries(resources)
      .filter(([name, body]) => JSON.stringify(body) !== JSON.stringify(unprotected?.[type]?.[name]))
      .map(([name]) => `${type}.${name}`),
  );
}

/** `aws_lb.a["b"]` is one of the objects of `aws_lb.a`. */
function withoutKey(address: string): string {
  return address.replace(/\[.*\]$/, "");
}

function wouldChangeMore(run: Run, layer: AnyLayer, address: string): UserError {
  const { request } = run;
  return new UserError(
    `Cannot destroy "${layer.name}": disabling its deletion protection would also change other resources, e.g. "${address}"`,
    `Apply the layer first, run: ${commandLine(request, { command: "apply", only: [layer.name] })}`,
    exitCodes.preflightFailed,
  );
}
