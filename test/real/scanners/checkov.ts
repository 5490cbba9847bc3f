import { z } from "zod";
import { runCommand } from "../command";
import { tools } from "../tools";
import { findingOn, type ScannerFinding } from "./finding";

/** The version whose findings the exceptions are about; `.ci/run` installs it. */
export const checkovVersion = "3.3.30";

const records = z.array(z.object({ check_id: z.string(), resource: z.string(), file_path: z.string() }));
const Report = z.object({
  results: z.object({ failed_checks: records, passed_checks: records, parsing_errors: z.array(z.string()) }),
  summary: z.object({ resource_count: z.number(), checkov_version: z.string() }),
});

/** What checkov reports of root modules, each in a folder of its own below this one. */
export async function runCheckov(folder: string): Promise<{
  readonly failed: readonly ScannerFinding[];
  readonly passed: readonly ScannerFinding[];
  readonly version: string;
}> {
  const program = tools.checkov ?? "checkov";
  // Of each file it parses 10 seconds long, and leaves it out then.
  const variables = { LOG_LEVEL: "ERROR", PYTHONWARNINGS: "ignore", HCL_PARSE_TIMEOUT_SEC: "600" };
  const { output } = await runCommand(
    { program, folder, variables },
    ...[
      "--directory",
      folder,
      "--framework",
      "terraform",
      "--output",
      "json",
      "--compact",
      "--skip-download",
    ],
  );
  const { results, summary } = Report.parse(JSON.parse(output.slice(output.indexOf("{"))));
  // It ends with 0 and no resources where it does not understand what it is given.
  if (summary.resource_count === 0 || results.parsing_errors.length > 0)
    throw new Error(
      `checkov read ${summary.resource_count} resources, and not ${results.parsing_errors.join(", ")}`,
    );
  const findings = (found: z.infer<typeof records>) =>
    found.map(({ check_id, resource, file_path }) =>
      findingOn(file_path.split("/").slice(1, -1).join("/"), check_id, resource),
    );
  return {
    failed: findings(results.failed_checks),
    passed: findings(results.passed_checks),
    version: summary.checkov_version,
  };
}
