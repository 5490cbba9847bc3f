import { UserError } from "../../../lib/errors";
import { counted } from "../run/counted";
import type { Counts } from "../run/outcome";
import { type Change, countChanges, type PlannedChange, type PlanReading } from "../run/plan";
import { TerraformFailure } from "./failures";
import { assertSameFile, fileDigest, planFile } from "./plan-file-digest";
import { readPlanJson, type UnmaskedResource } from "./plan-json";
import { oldestRelease } from "./cure";
import type { Terraform } from "./terraform";
import type { Files } from "../world/index";

/** Creates a plan, passes it to `use`, and always removes its file, which contains values. */
export async function withPlan<Result>(
  terraform: Terraform,
  plan: { readonly files: Files; readonly options?: readonly string[] },
  use: (reading: PlanReading, unmasked: readonly UnmaskedResource[]) => Promise<Result>,
): Promise<Result> {
  const path = `${terraform.folder}/${planFile}`;
  // Terraform would create it world-readable, but keeps the mode of an existing file.
  plan.files.write(path, "", "secret");
  try {
    const { reading, unmasked } = await terraform.context.withRetries("plan", () =>
      createPlan(terraform, plan.options ?? []),
    );
    return await use(reading, unmasked);
  } finally {
    terraform.context.records.remove(path);
  }
}

async function createPlan(terraform: Terraform, options: readonly string[]) {
  const drift: PlannedChange[] = [];
  const announced = { summary: false, changes: 0, outputs: 0 };
  const command = ["plan", "-json", "-input=false", "-detailed-exitcode", ...options, `-out=${planFile}`];
  const { exitCode } = await terraform.run(command, {
    accept: [0, 2],
    onMessage: (message) => {
      if (message.kind === "drift") drift.push(withoutValues(message.change));
      if (message.kind === "outputs") announced.outputs += message.changes;
      if (message.kind !== "summary" || !message.planned) return;
      announced.summary = true;
      announced.changes += message.changes;
    },
  });
  assertAgreeing(terraform, exitCode, announced);
  const written = fileDigest(terraform);
  if (exitCode !== 2)
    return { reading: { changes: [], outputs: [], drift, pending: false, ...written }, unmasked: [] };
  const { unmasked, ...read } = await readPlan(terraform);
  const reading: PlanReading = { ...read, pending: true, ...written };
  terraform.planned(reading);
  return { reading, unmasked };
}

/** Throws if the plan was cut off, or if the exit code says that nothing changes, and the plan does not. */
function assertAgreeing(
  terraform: Terraform,
  exitCode: number,
  {
    summary,
    changes,
    outputs,
  }: { readonly summary: boolean; readonly changes: number; readonly outputs: number },
): void {
  if (!summary)
    throw terraform.contradiction(
      "plan",
      `${terraform.context.program} plan ended with exit code ${exitCode}, but without a summary`,
    );
  // What is only moved or forgotten has exit code 2, and is in no summary.
  if (exitCode !== 0 || changes + outputs === 0) return;
  const has = changes > 0 ? counted(changes, "change") : `${counted(outputs, "output")} to change`;
  throw terraform.contradiction(
    "plan",
    `its plan has ${has}, but ${terraform.context.program} plan ended with exit code 0, which means that there are none`,
  );
}

/** What a plan without changes says of changes outside Terraform. */
function withoutValues(change: Change): PlannedChange {
  return { ...change, name: change.address.slice(change.type.length + 1), attributes: [] };
}

/** The plan value by value; what Terraform prints for it is not logged, because secrets are in it. */
export async function readPlan(terraform: Terraform) {
  const plan = readPlanJson(await terraform.document(["show", "-json", planFile]), terraform.context.mask);
  if (plan !== undefined) return plan;
  throw new UserError(
    `Cannot read the plan of "${terraform.layer}": terraform show -json printed no plan of format 1`,
    `Use a released version of Terraform or OpenTofu, ${oldestRelease} or later`,
  );
}

function endless(terraform: Terraform): TerraformFailure {
  return terraform.contradiction(
    "apply",
    `${terraform.context.program} apply ended with exit code 0, but without a summary of what it did`,
  );
}

/** Applies the plan created by `withPlan`, and no other; returns the completed changes. */
export async function applyPlan(terraform: Terraform, plan: PlanReading): Promise<Counts> {
  assertSameFile(terraform, plan);
  const { changes } = plan;
  const finished: Change[] = [];
  const summary = { printed: false };
  try {
    const { isCut } = await terraform.run(["apply", "-json", "-input=false", planFile], {
      onMessage: (message) => {
        if (message.kind === "done") finished.push(message.change);
        if (message.kind === "summary" && !message.planned) summary.printed = true;
        terraform.said(message);
        if (message.kind === "started" || message.kind === "done")
          terraform.progressed(finished.length, changes.length, message.change.address);
      },
    });
    if (!summary.printed && isCut !== true) throw endless(terraform);
  } catch (error) {
    if (error instanceof TerraformFailure) error.done = countChanges(finished);
    throw error;
  }
  return countChanges(finished);
}
