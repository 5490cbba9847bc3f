import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The folder of botocore's service models: that of the Python which runs moto, which needs it; undefined without. */
export function findBotocore(
  moto: readonly string[] | undefined = process.env["MOTO_SERVER"]?.split(" "),
): string | undefined {
  const [command = "python3"] = moto ?? [];
  const script = "import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), 'data'))";
  const [python = "python3", ...args] = /python[^/]*$/.test(command) ? [command] : interpreterOf(command);
  try {
    return execFileSync(python, [...args, "-c", script], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return undefined;
  }
}

/** What the first line of an installed script names, such as moto_server's. */
function interpreterOf(command: string): readonly string[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const files = command.includes("/") ? [command] : folders.map((folder) => join(folder, command));
  for (const file of files) {
    try {
      const [first = ""] = readFileSync(file, "utf8").split("\n", 1);
      // A version manager's own script leads to the Python of the path.
      if (/^#!.*python/.test(first)) return first.slice(2).trim().split(" ");
    } catch {
      continue;
    }
  }
  return [];
}
