import type { AnyLayer } from "../../../../lib/layer/layer";
import { commandLine } from "../../command-line/request";
import type { Outcome } from "../../run/outcome";
import type { Run } from "../../run/run";
import type { Terraform } from "../../terraform/terraform";
import { liftProtection, protectedObjects } from "./protection";

interface At {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
}

/** Deletion protection of a layer's objects, and how to disable it. */
export interface Unprotect {
  readonly addresses: readonly string[];
  lift(): Promise<void>;
}

/** Passes on how to disable deletion protection, if there is any; says what a run that ends early leaves without it. */
export async function unprotecting(
  run: Run,
  at: At,
  use: (unprotect: Unprotect | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  const existing = await protectedObjects(run, at.layer, at.terraform);
  if (existing.length === 0) return use(undefined);
  const lifted: string[] = [];
  try {
    return await use({
      addresses: existing,
      lift: async () => {
        lifted.push(...(await liftProtection(run, at, existing)));
      },
    });
  } catch (error) {
    await warnOfUnprotected(run, at, lifted);
    throw error;
  }
}

async function warnOfUnprotected(
  run: Run,
  { layer, terraform }: At,
  lifted: readonly string[],
): Promise<void> {
  const left = await stillInState(terraform, lifted);
  if (left.length === 0) return;
  const next = commandLine(run.request, { command: "apply", only: [layer.name] });
  run.events.note(
    `Deletion protection is off for ${left.join(", ")}; to enable it again, run: ${next}`,
    "warning",
  );
}

/** All of them if Terraform cannot list the state: the error that ended the run may be the reason. */
async function stillInState(terraform: Terraform, lifted: readonly string[]): Promise<readonly string[]> {
  if (lifted.length === 0) return [];
  try {
    const { stdout } = await terraform.run(["state", "list"]);
    const existing = new Set(stdout.split("\n"));
    return lifted.filter((address) => existing.has(address));
  } catch {
    return lifted;
  }
}
