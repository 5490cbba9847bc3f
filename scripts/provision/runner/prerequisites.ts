import { checkCredentials } from "../aws/credentials";
import { hindered } from "../aws/hindered";
import { missingPrograms } from "../aws/programs";
import type { CommandDeclaration } from "../command-line/define";
import type { Run } from "../run/run";
import { checkProgram } from "../terraform/program";

/** What a run was found to have. */
export interface Prerequisites {
  /** Of Terraform; undefined when the command runs none. */
  readonly version: string | undefined;
  /** What the operator must know, but which stops no run. */
  readonly notes: readonly { readonly text: string; readonly tone: "warning" | "quiet" }[];
}

/**
 * Checks what a run needs of this machine and its credentials, before it does anything: Terraform, the AWS CLI, and, by one
 * request, the account. Throws with everything that is missing. A rehearsal needs nothing of AWS.
 */
export async function assertPrerequisites(
  run: Run,
  { terraform, sessions }: CommandDeclaration["uses"],
): Promise<Prerequisites> {
  if (!terraform) return { version: undefined, notes: [] };
  const { world, program, environment, request } = run;
  const [checked, account] = await run.events.step("checking the prerequisites", () =>
    Promise.all([
      checkProgram(world, program, environment),
      request.rehearse ? nothing : checkCredentials(run),
    ]),
  );
  const programs = request.rehearse ? nothing : missingPrograms(run, sessions);
  const unusable = "version" in checked ? [] : [checked];
  const hindrances = [...unusable, ...programs.hindrances, ...account.hindrances];
  if (hindrances.length > 0) throw hindered(run, "prerequisites are missing", hindrances);
  return {
    version: "version" in checked ? checked.version : undefined,
    notes: [
      ...programs.warnings.map((text) => ({ text, tone: "warning" as const })),
      ...account.unknown.map((text) => ({ text, tone: "quiet" as const })),
    ],
  };
}

/** What is asked of AWS in a rehearsal. */
const nothing = { hindrances: [], warnings: [], unknown: [] } as const;
