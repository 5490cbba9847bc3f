import { exitCodes, UserError } from "../../../lib/errors";
import type { PlanReading } from "../run/plan";
import type { Terraform } from "./terraform";

/** Name of the plan in the layer's folder. */
export const planFile = "layer.tfplan";

/** Of the plan's file as it is now; none if there is no file. */
export function fileDigest({ world, folder }: Terraform): Pick<PlanReading, "fileDigest"> {
  const digest = world.files.digest(`${folder}/${planFile}`);
  return digest === undefined ? {} : { fileDigest: digest };
}

/** Throws if the plan's file is not the one that was read, shown and approved. */
export function assertSameFile(terraform: Terraform, plan: PlanReading): void {
  const now = fileDigest(terraform).fileDigest;
  if (now !== undefined && now === plan.fileDigest) return;
  const { verb, layer, folder, retry } = terraform.context.failed;
  const truth = now === undefined ? "the file of its plan is gone" : "the file of its plan was replaced";
  throw new UserError(
    `Cannot ${verb} "${layer}": ${truth} after the plan was read; nothing of it was applied`,
    `End what else writes ${folder}/${planFile}, and run: ${retry}`,
    exitCodes.stalePlan,
  );
}
