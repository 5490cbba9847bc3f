import { capacityReport } from "../../../../capacity/report";
import { capacityText } from "../../../../capacity/text";
import { exitCodes } from "../../../../lib/errors";
import { readEnvironment } from "../../../../synthesis/read";
import type { CapacityRun } from "./index";

/** Prints what the environment takes of an account, its network and a budget; the exit code says whether it fits. */
export function handle(run: CapacityRun): Promise<number> {
  const { world, layers, folders, loaded, request, screen } = run;
  const synthesised = readEnvironment(world.files, folders.synthesised, layers);
  const report = capacityReport(synthesised, loaded.environment, layers);
  if (request.format === "json") screen.verbatim(JSON.stringify(report, undefined, 2));
  else screen.print(capacityText(screen, report));
  return Promise.resolve(report.misfits.length === 0 ? exitCodes.done : exitCodes.failed);
}
