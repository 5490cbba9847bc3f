import { readLayer, readText } from "../../../synthesis/read";
import type { Run } from "../run/run";
import type { GuardLift } from "../terraform/deletion-guards";
import { applyPlan, withPlan } from "../terraform/plan-file";
import type { Terraform } from "../terraform/terraform";

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
