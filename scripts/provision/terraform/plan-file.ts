import type { Change } from "./events";
import { TerraformFailure } from "./failures";
import type { Counts } from "../run/outcome";
import type { Terraform } from "./terraform";
import type { Files } from "../world/index";

/** What a plan would do. */
export interface PlanReading {
  /** Everything that is created, updated, replaced or deleted; reading and noting are left out. */
  readonly changes: readonly Change[];
  /** What was changed outside Terraform since the last apply. */
  readonly drift: readonly Change[];
  /** False when applying it would change nothing, not even an output. */
  readonly pending: boolean;
}

const planFile = "layer.tfplan";
const real = new Set(["create", "update", "replace", "delete", "import", "move", "forget"]);

/** Makes a plan, hands it over, and removes its file whatever happens: it holds values. */
export async function withPlan<Result>(
  terraform: Terraform,
  plan: { readonly files: Files; readonly words?: readonly string[] },
  use: (reading: PlanReading) => Promise<Result>,
): Promise<Result> {
  const path = `${terraform.folder}/${planFile}`;
  // Terraform would create it readable by everybody; it keeps the mode of a file that exists.
  plan.files.write(path, "", "secret");
  try {
    return await use(await createPlan(terraform, plan.words ?? []));
  } finally {
    plan.files.remove(path);
  }
}

async function createPlan(terraform: Terraform, words: readonly string[]): Promise<PlanReading> {
  const changes: Change[] = [];
  const drift: Change[] = [];
  const command = ["plan", "-json", "-input=false", "-detailed-exitcode", ...words, `-out=${planFile}`];
  const { exitCode } = await terraform.run(command, {
    accept: [0, 2],
    onEvent: (event) => {
      if (event.kind === "planned" && real.has(event.change.action)) changes.push(event.change);
      if (event.kind === "drift") drift.push(event.change);
    },
  });
  const pending = exitCode === 2;
  // For the log: what exactly would change, value by value; what is destroyed or targeted, the events say.
  if (pending && words.length === 0) await terraform.run(["show", "-no-color", planFile]);
  return { changes, drift, pending };
}

/** Applies the plan made by `withPlan`, telling of each object as it goes; returns what was done. */
export async function applyPlan(
  terraform: Terraform,
  progress: (done: number, current: string) => void,
): Promise<Counts> {
  const finished: Change[] = [];
  try {
    await terraform.run(["apply", "-json", "-input=false", planFile], {
      onEvent: (event) => {
        if (event.kind === "done") finished.push(event.change);
        if (event.kind === "started" || event.kind === "done")
          progress(finished.length, event.change.address);
      },
    });
  } catch (error) {
    if (error instanceof TerraformFailure) error.done = countChanges(finished);
    throw error;
  }
  return countChanges(finished);
}

/** Counts as Terraform does: a replacement is one added and one destroyed. */
export function countChanges(changes: readonly Pick<Change, "action">[]): Counts {
  const count = (...actions: readonly string[]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  return {
    added: count("create", "replace"),
    changed: count("update"),
    destroyed: count("delete", "replace"),
  };
}
