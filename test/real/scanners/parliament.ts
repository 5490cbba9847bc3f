import { z } from "zod";
import { runCommand } from "../command";
import { tools } from "../tools";
import { findingOn, type ScannerFinding } from "./finding";

const Finding = z.object({ issue: z.string(), location: z.object({ filepath: z.string() }) });

/** What parliament reports of policies, in files `<root>/<address of the resource>.json` below a folder. */
export async function runParliament(folder: string): Promise<readonly ScannerFinding[]> {
  const program = tools.parliament ?? "parliament";
  const { code, output } = await runCommand(
    { program, folder, variables: { PYTHONWARNINGS: "ignore" } },
    ...["--directory", folder, "--json"],
  );
  // 1 says that there are findings.
  if (code !== 0 && code !== 1) throw new Error(`parliament ended with ${String(code)}: ${output}`);
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { issue, location } = Finding.parse(JSON.parse(line));
      const [root = "", file = ""] = location.filepath.slice(folder.length + 1).split("/");
      return findingOn(root, issue, file.replace(/\.json$/, ""));
    });
}
