import { writeFileSync } from "node:fs";
import { UserError } from "../lib/errors";
import { figureTable, judge } from "./bench/figures";
import { modelEnvironment } from "./bench/model";
import { quickFigures, rehearsalFigures, testFigures } from "./bench/measurements";
import { type BenchOptions, readOptions, usage } from "./bench/options";
import { jsonReport, machineLine, thisMachine } from "./bench/report";

async function bench({ runs, tests, json }: BenchOptions): Promise<number> {
  const machine = thisMachine();
  console.log(machineLine(machine));
  const figures = [
    ...(await quickFigures(runs)),
    ...(await rehearsalFigures(Math.min(runs, 3))),
    ...(tests ? await testFigures() : []),
  ].map(judge);
  console.log(figureTable(figures));
  if (json !== undefined) writeFileSync(json, jsonReport(machine, figures));
  return figures.every(({ verdict }) => verdict === "within") ? 0 : 1;
}

async function model(environment: string): Promise<number> {
  const { text, within } = await modelEnvironment(environment);
  console.log(text);
  return within ? 0 : 1;
}

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) console.log(usage);
    else process.exitCode = await (options.model === undefined ? bench(options) : model(options.model));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`${error.message}\n  ${error.hint}`);
    process.exitCode = error.exitCode;
  }
}

void main();
