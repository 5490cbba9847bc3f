import { clockVerdict } from "../aws/clock";
import { checkCredentials, findCredentials } from "../aws/credentials";
import { hindered } from "../aws/hindered";
import { missingPrograms } from "../aws/programs";
import type { CommandDeclaration } from "../command-line/define";
import { commandLine } from "../command-line/request";
import type { Verdict } from "../run/verdict";
import { Interrupted } from "../run/interrupts";
import type { Run } from "../run/run";
import { checkProgram } from "../terraform/program";

/** What a run was found to have. */
export interface Prerequisites {
  /** Of Terraform; undefined when the command runs none. */
  readonly version: string | undefined;
  /** The ARN by which AWS knows the operator; undefined where AWS was not asked. */
  readonly caller?: string;
  /** What the operator must know, but which stops no run. */
  readonly notes: readonly { readonly text: string; readonly tone: "warning" | "quiet" }[];
}

/**
 * Checks what a run needs of this machine and its credentials, before it does anything: Terraform, the AWS CLI, and, by one
 * request, the account. Throws with everything that is missing. A rehearsal needs nothing of AWS; a command that asks AWS
 * without Terraform asks only for what it prints.
 */
export async function assertPrerequisites(
  run: Run,
  { terraform, asksAws, withoutAws, sessions }: CommandDeclaration["uses"],
): Promise<Prerequisites> {
  const { rehearse } = run.request;
  const reachesAws = !rehearse && (terraform || (asksAws !== undefined && withoutAws === undefined));
  if (!terraform && !reachesAws) return { version: undefined, notes: [] };
  const [program, account] = await run.events.step("checking the prerequisites", () =>
    run.interrupts.abandoning(
      Promise.all([
        terraform ? checkProgram(run.world, run.program, run.environment) : { version: undefined },
        reachesAws ? (terraform ? checkCredentials : findCredentials)(run) : nothing,
      ]),
      new Interrupted(run.loaded.environment.name, commandLine(run.request)),
    ),
  );
  const programs = terraform && !rehearse ? missingPrograms(run, sessions) : nothing;
  const unusable = "reason" in program ? [program] : [];
  const clock = "clockAheadSeconds" in account ? clockVerdict(account.clockAheadSeconds) : undefined;
  const wrong = clock?.state === "failed" ? [{ reason: clockText(clock), cure: clock.cure }] : [];
  const hindrances = [...unusable, ...programs.hindrances, ...account.hindrances, ...wrong];
  if (hindrances.length > 0) throw hindered(run, "prerequisites are missing", hindrances);
  return {
    version: "version" in program ? program.version : undefined,
    ...("caller" in account ? { caller: account.caller } : {}),
    notes: [
      ...programs.warnings.map((text) => ({ text, tone: "warning" as const })),
      ...(clock?.state === "warning"
        ? [{ text: `${clockText(clock)}. ${clock.cure}`, tone: "warning" as const }]
        : []),
      ...account.unknown.map((text) => ({ text, tone: "quiet" as const })),
    ],
  };
}

const clockText = ({ found }: Verdict) => `the clock of this machine is ${found}`;

/** What is found where nothing is checked. */
const nothing = { hindrances: [], warnings: [], unknown: [] } as const;
