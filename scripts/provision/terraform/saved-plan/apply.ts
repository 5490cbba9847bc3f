import { readLayer } from "../../../../synthesis/read";
import type { PlanReading } from "../../run/plan";
import { planFile } from "../plan-file-digest";
import { readPlan } from "../plan-file";
import { fileDigest } from "../plan-file-digest";
import { Terraform } from "../terraform";

/** Puts a saved plan where Terraform applies it, passes it to `use` with a Terraform that may, and always removes its file. */
export async function withSavedPlan<Result>(
  planner: Terraform,
  plan: Uint8Array,
  use: (reading: PlanReading, terraform: Terraform) => Promise<Result>,
): Promise<Result> {
  const { files } = planner.world;
  const terraform = withoutPlannedVariables(planner);
  const path = `${terraform.folder}/${planFile}`;
  files.write(path, plan, "secret");
  try {
    const written = fileDigest(terraform);
    const { changes, outputs, drift, digest } = await readPlan(terraform);
    const reading: PlanReading = { changes, outputs, drift, digest, pending: true, ...written };
    terraform.planned(reading);
    return await use(reading, terraform);
  } finally {
    terraform.context.records.remove(path);
  }
}

/**
 * A plan contains the values of all variables but ephemeral ones. Releases of Terraform refuse others, or ignore them, such as a password that each run
 * generates: https://developer.hashicorp.com/terraform/language/block/variable#ephemeral
 */
function withoutPlannedVariables({ world, context, folder }: Terraform): Terraform {
  const { variable = {} } = readLayer(world.files, folder);
  const planned = Object.entries(variable).filter(([, { ephemeral }]) => ephemeral !== true);
  const names = new Set(planned.map(([name]) => `TF_VAR_${name}`));
  const kept = Object.entries(context.environment).filter(([name]) => !names.has(name));
  return new Terraform(world, { ...context, environment: Object.fromEntries(kept) });
}
