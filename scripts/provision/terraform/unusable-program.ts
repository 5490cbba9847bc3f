import { exitCodes, UserError } from "../../../lib/errors";
import { terraformCure } from "./cure";
import { startFailure } from "./start-failure";
import type { Finished, World } from "../world/index";

/** What to do where a wrapper may change what Terraform says: https://github.com/hashicorp/setup-terraform#inputs */
export function wrapperCure(program: string): string {
  return `If "${program}" is a wrapper, such as that of the action setup-terraform (terraform_wrapper: false disables it), set TERRAFORM_BINARY_NAME to Terraform itself`;
}

/** Of a command that has printed an error, and ended as if it had not: Terraform itself never does. */
export function wrapperWarning(
  program: string,
  command: string,
  { exitCode }: Pick<Finished, "exitCode">,
): string {
  return `"${program} ${command}" has printed an error, and ended with exit code ${exitCode}. ${wrapperCure(program)}`;
}

/** The error for a program that has ended with 126 or 127 and said nothing of what it does: it is gone since the run began, or a wrapper does not find it. */
export function cannotStart(
  world: Pick<World, "processes" | "environment" | "downloads">,
  {
    program,
    environment,
    finished,
  }: {
    readonly program: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly finished: Finished;
  },
): UserError {
  return new UserError(
    `Cannot run "${program}": ${reason(finished, world.processes.isInstalled(program, environment))}`,
    terraformCure(world),
    exitCodes.preflightFailed,
  );
}

function reason({ exitCode, stdout, stderr }: Finished, exists: boolean): string {
  if (exitCode === 127 && !exists) return "it was not found in PATH";
  const [said = ""] = startFailure(stderr.trim() || stdout)
    .trim()
    .split("\n");
  return said === "" ? `it ended with exit code ${exitCode}, without a word` : said;
}
