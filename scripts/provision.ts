import { UserError } from "../lib/errors";
import { fileError } from "../lib/file-error";
import { TerraformFailure } from "./provision/terraform/failures";
import { startedAs } from "./provision/command-line/help";
import { provision } from "./provision/provision";
import { Screen } from "./provision/screen/screen";
import { endSoon } from "./provision/world/end-soon";
import { reportEarlyInterrupt } from "./provision/world/early-interrupt";
import { programLineOf } from "./provision/world/program-line";
import { realWorld } from "./provision/world/real";

/** Not before they are needed: `--help` is printed without them. */
async function loadLayers() {
  return (await import("../modules/index.ts")).layers;
}

async function main(): Promise<void> {
  // The `provision` of package.json is not in its user's folder.
  const line = programLineOf(process.argv[1] ?? "", process.cwd());
  if (line !== undefined) startedAs(line);
  const begun = reportEarlyInterrupt(process, console.error);
  const world = realWorld(process.cwd());
  try {
    process.exitCode = await provision(loadLayers, process.argv.slice(2), world);
  } catch (error) {
    // Files are read and written by the synthesis and the rehearsal too, which know nothing of our errors.
    const failure = error instanceof UserError ? error : fileError(error);
    if (failure === undefined) throw error;
    if (failure instanceof TerraformFailure) console.error(`\n${failure.output}`);
    new Screen(world).printError(`\n${failure.message}\n  ${failure.hint}`);
    process.exitCode = failure.exitCode;
  } finally {
    begun();
  }
}

void main().then(() => {
  endSoon(process);
});
