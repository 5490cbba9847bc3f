import { z } from "zod";
import { runCommand } from "../command";
import { tools } from "../tools";
import { findingOn, type ScannerFinding } from "./finding";

const Report = z.object({
  Results: z.array(
    z.object({
      Target: z.string(),
      Misconfigurations: z
        .array(z.object({ ID: z.string(), CauseMetadata: z.object({ Resource: z.string().optional() }) }))
        .default([]),
    }),
  ),
});

/** What trivy reports of root modules, each in a folder of its own below this one. */
export async function runTrivy(folder: string): Promise<readonly ScannerFinding[]> {
  const { output } = await runCommand(
    { program: tools.trivy ?? "trivy", folder, variables: {} },
    // The checks are those that it was built with.
    ...["config", "--skip-check-update", "--skip-version-check", "--quiet", "--format", "json", folder],
  );
  return Report.parse(JSON.parse(output.slice(output.indexOf("{")))).Results.flatMap(
    ({ Target, Misconfigurations }) =>
      Misconfigurations.map(({ ID, CauseMetadata: { Resource } }) =>
        findingOn(Target.split("/").slice(0, -1).join("/"), ID, Resource ?? `none--in--${Target}`),
      ),
  );
}
