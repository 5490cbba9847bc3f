import { readLayer, readText } from "../../../synthesis/read";
import type { AnyLayer } from "../../../lib/layer/layer";
import type { Change } from "../run/plan";
import type { Run } from "../run/run";
import { endsGuarded, type GuardLift, guardLiftFor } from "../terraform/deletion-guards";
import { applyPlan, withPlan } from "../terraform/plan-file";
import type { Terraform } from "../terraform/terraform";
import { assertLossAllowed } from "./plan-consent";

/** How to lift the guards of what these changes end; undefined if nothing is to be lifted. Throws if --yes does not suffice. */
export async function guardsAgainst(
  run: Run,
  { layer, terraform }: { readonly layer: AnyLayer; readonly terraform: Terraform },
  changes: readonly Change[],
): Promise<GuardLift | undefined> {
  if (!changes.some(endsGuarded)) return undefined;
  const lift = guardLiftFor(await terraform.document(["state", "pull"]), changes);
  if (lift !== undefined && run.request.yes)
    assertLossAllowed(run, [layer], "are protected against deletion");
  return lift;
}

/** Lifts the guards of objects that are not in the configuration, or are replaced, and changes nothing else. */
export async function liftGuards(run: Run, terraform: Terraform, lift: GuardLift): Promise<void> {
  const { addresses, resource } = lift;
  await withResources(run, { terraform, resource }, () =>
    withPlan(terraform, targeting(run, addresses), async (plan) => {
      const other = plan.changes.find(
        ({ address, action }) => action !== "update" || !addresses.includes(address),
      );
      if (other) throw new Error(`Lifting deletion protection would change ${other.address}`);
      if (plan.pending) await applyPlan(terraform, plan);
    }),
  );
  run.events.note(`Disabled deletion protection of ${addresses.join(", ")}`);
}

/** A plan of these addresses alone. */
export function targeting({ world }: Run, addresses: readonly string[]) {
  return { files: world.files, options: addresses.map((address) => `-target=${address}`) };
}

/** Runs with a layer's backend and providers, but with these resources only; what depends on others is not planned. */
async function withResources(
  { world: { files } }: Run,
  {
    terraform: { folder },
    resource,
  }: { readonly terraform: Terraform; readonly resource: GuardLift["resource"] },
  use: () => Promise<void>,
): Promise<void> {
  const path = `${folder}/cdk.tf.json`;
  const text = readText(files, folder);
  const { terraform, provider, variable } = readLayer(files, folder);
  try {
    files.write(path, JSON.stringify({ terraform, provider, variable, resource }));
    await use();
  } finally {
    files.write(path, text);
  }
}
