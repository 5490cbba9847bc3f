import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { applyPlan, withPlan } from "../../terraform/plan-file";
import { commandLine } from "../../command-line/request";
import type { Run } from "../../run/run";
import type { Terraform } from "../../terraform/terraform";

/** The layer's existing objects whose deletion protection and log delivery a destroy disables. */
export async function protectedObjects(
  run: Run,
  layer: AnyLayer,
  terraform: Terraform,
): Promise<readonly string[]> {
  const guarded = protectedAddresses(run, layer);
  if (guarded.length === 0) return [];
  const { stdout } = await terraform.run(["state", "list"]);
  return stdout.split("\n").filter((address) => guarded.includes(withoutKey(address)));
}

/** Disables deletion protection and log delivery of these objects, and changes nothing else; returns those it changed. */
export async function liftProtection(
  run: Run,
  { layer, terraform }: Omit<Job, "guarded">,
  existing: readonly string[],
): Promise<readonly string[]> {
  const guarded = protectedAddresses(run, layer);
  const lifted = await lift(run, { layer, terraform, guarded }, existing);
  if (lifted.length > 0)
    run.events.note(`Disabled deletion protection and log delivery of ${lifted.join(", ")}`);
  return lifted;
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
export function withoutKey(address: string): string {
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
