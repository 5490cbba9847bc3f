import { exitCodes } from "../../../../lib/errors";
import type { Run } from "../../run/run";
import { terraformProgram } from "../../terraform/program";
import { diagnosis } from "./diagnosis";
import type { DoctorRun } from "./index";
import { documentOf, textOf } from "./report";

/** Looks at everything at once, and prints what was found; the exit code says whether something failed. */
export async function handle(asked: DoctorRun): Promise<number> {
  const { screen, request } = asked;
  const run = withProgram(asked);
  const findings = await run.events.step("examining", () => diagnosis(run));
  if (request.format === "json") screen.verbatim(JSON.stringify(documentOf(run, findings), undefined, 2));
  else screen.print(textOf(run, findings));
  const failed = findings.some(({ state }) => state === "failed");
  return failed ? exitCodes.preflightFailed : exitCodes.done;
}

/** The document of `doctor --json`, for other commands. */
export async function examine(asked: Run): Promise<object> {
  const run = withProgram(asked);
  return documentOf(run, await diagnosis(run));
}

/** The command itself runs no Terraform, so that none was chosen. */
function withProgram<AnyRun extends Run>(run: AnyRun): AnyRun {
  return { ...run, program: terraformProgram(run.world, run.environment) };
}
