import { join } from "node:path";
import { UserError } from "../lib/errors";
import { readArguments, usage } from "./release/arguments";
import { makeRelease } from "./release/make";
import { steps } from "./release/steps";

async function main(): Promise<void> {
  try {
    const order = readArguments(process.argv.slice(2));
    if (order === undefined) console.log(usage);
    else await makeRelease(join(__dirname, ".."), order, steps);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`${error.message}\n  ${error.hint}`);
    process.exitCode = error.exitCode;
  }
}

void main();
