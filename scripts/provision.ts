import { UserError } from "../lib/errors";
import { layers } from "../modules/index";
import { TerraformFailure } from "./provision/terraform/failures";
import { provision } from "./provision/provision";
import { realWorld } from "./provision/world/real";

async function main(): Promise<void> {
  try {
    process.exitCode = await provision(layers, process.argv.slice(2), realWorld(process.cwd()));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error instanceof TerraformFailure) console.error(`\n${error.words}`);
    console.error(`\n${error.message}\n  ${error.hint}`);
    process.exitCode = error.exitCode;
  }
}

void main();
