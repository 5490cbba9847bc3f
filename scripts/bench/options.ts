import { parseArgs } from "node:util";
import { UserError } from "../../lib/errors";

/** What to measure, and where to write it. */
export interface BenchOptions {
  readonly help: boolean;
  /** Counted runs of each figure. */
  readonly runs: number;
  /** Whether the test suites are timed, too. */
  readonly tests: boolean;
  /** Environment of configs/ whose install is modelled instead of anything being measured; undefined: none. */
  readonly model: string | undefined;
  /** File for the figures as JSON. */
  readonly json: string | undefined;
}

export const usage = `Usage: npm run bench [-- --runs N] [-- --tests] [-- --json FILE]
       npm run bench -- --model [--env NAME]
  --runs N      counted runs of each figure (default: 5; the rehearsal runs at most 3 times)
  --tests       also time npm test and npm run test:real, once each
  --json FILE   write the figures as JSON as well
  --model       print how long an install takes, modelled from medians of AWS, and its critical path
  --env NAME    environment to model (default: example)
Exit codes: 0 every figure is within its limit, 1 one is not, 64 the command line is wrong`;

/** EX_USAGE of sysexits.h: invalid arguments. */
const usageExitCode = 64;

/** Reads the command line; throws a `UserError` if it is invalid. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { help = false, runs = "5", tests = false, json, model = false, env } = parsed(args);
  if (!/^[1-9]\d*$/.test(runs)) throw usageError(`--runs is "${runs}", not a number above 0`);
  if (json?.trim() === "") throw usageError("--json has an empty value");
  if (env !== undefined && !model) throw usageError("--env is an option of --model");
  return { help, runs: Number(runs), tests, json, model: model ? (env ?? "example") : undefined };
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      help: { type: "boolean", short: "h" },
      runs: { type: "string" },
      tests: { type: "boolean" },
      json: { type: "string" },
      model: { type: "boolean" },
      env: { type: "string" },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw usageError(error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error));
  }
}

function usageError(fault: string): UserError {
  return new UserError(
    `Cannot read the command line: ${fault}`,
    "Run: npm run bench -- --help",
    usageExitCode,
  );
}
