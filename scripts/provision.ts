import { UserError } from "../lib/errors";
import { TerraformFailure } from "./provision/terraform/failures";
import { provision } from "./provision/provision";
import { realWorld } from "./provision/world/real";

/** Not before they are needed: `--help` is printed without them. */
async function loadLayers() {
  return (await import("../modules/index.ts")).layers;
}

async function main(): Promise<void> {
  try {
    process.exitCode = await provision(loadLayers, process.argv.slice(2), realWorld(process.cwd()));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error instanceof TerraformFailure) console.error(`\n${error.output}`);
    console.error(`\n${error.message}\n  ${error.hint}`);
    process.exitCode = error.exitCode;
  }
}

void main();
