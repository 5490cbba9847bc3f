import type { Counts } from "../run/outcome";
import { type Change, countChanges, type PlanReading } from "../run/plan";
import { TerraformFailure } from "./failures";
import type { Terraform } from "./terraform";
import type { Files } from "../world/index";

/** Name of the plan in the layer's folder. */
export const planFile = "layer.tfplan";
const real = new Set(["create", "update", "replace", "delete", "import", "move", "remove"]);

/** Creates a plan, passes it to `use`, and always removes its file, which contains values. */
export async function withPlan<Result>(
  terraform: Terraform,
  plan: { readonly files: Files; readonly options?: readonly string[] },
  use: (reading: PlanReading) => Promise<Result>,
): Promise<Result> {
  const path = `${terraform.folder}/${planFile}`;
  // Terraform would create it world-readable, but keeps the mode of an existing file.
  plan.files.write(path, "", "secret");
  try {
    return await use(await createPlan(terraform, plan.options ?? []));
  } finally {
    plan.files.remove(path);
  }
}

async function createPlan(terraform: Terraform, options: readonly string[]): Promise<PlanReading> {
  const changes: Change[] = [];
  const drift: Change[] = [];
  const command = ["plan", "-json", "-input=false", "-detailed-exitcode", ...options, `-out=${planFile}`];
  const { exitCode } = await terraform.run(command, {
    accept: [0, 2],
    onMessage: (message) => {
      if (message.kind === "planned" && real.has(message.change.action)) changes.push(message.change);
      if (message.kind === "drift") drift.push(message.change);
    },
  });
  const pending = exitCode === 2;
  // Writes the detailed changes to the log; for destroy and targeted plans, the messages suffice.
  if (pending && options.length === 0) await terraform.run(["show", "-no-color", planFile]);
  return { changes, drift, pending };
}

/** Applies the plan created by `withPlan`; returns the completed changes. */
export async function applyPlan(terraform: Terraform, { changes }: PlanReading): Promise<Counts> {
  const finished: Change[] = [];
  try {
    await terraform.run(["apply", "-json", "-input=false", planFile], {
      onMessage: (message) => {
        if (message.kind === "done") {
          finished.push(message.change);
          terraform.changed(message.change);
        }
        if (message.kind === "started" || message.kind === "done")
          terraform.progressed(finished.length, changes.length, message.change.address);
      },
    });
  } catch (error) {
    if (error instanceof TerraformFailure) error.done = countChanges(finished);
    throw error;
  }
  return countChanges(finished);
}
