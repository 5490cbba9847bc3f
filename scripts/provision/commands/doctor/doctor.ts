import { exitCodes } from "../../../../lib/errors";
import { terraformProgram } from "../../terraform/program";
import { diagnosis } from "./diagnosis";
import type { DoctorRun } from "./index";
import { documentOf, textOf } from "./report";

/** Looks at everything at once, and prints what was found; the exit code says whether something failed. */
export async function handle(asked: DoctorRun): Promise<number> {
  const { world, environment, screen, request } = asked;
  const run = { ...asked, program: terraformProgram(world, environment) };
  const findings = await run.events.step("examining", () => diagnosis(run));
  if (request.format === "json") screen.verbatim(JSON.stringify(documentOf(run, findings), undefined, 2));
  else screen.print(textOf(run, findings));
  const failed = findings.some(({ state }) => state === "failed");
  return failed ? exitCodes.preflightFailed : exitCodes.done;
}
