import { parseArgs } from "node:util";
import { UserError } from "../../lib/errors";
import { type Kind, kindNames } from "./kinds";

/** Which cases to run, and how. */
export interface ChaosOptions {
  readonly help: boolean;
  /** The first seed, and the one after the last. */
  readonly seeds: { readonly from: number; readonly to: number };
  readonly only: readonly Kind[];
  readonly jobs: number;
  /** The layers of all cases but those of all layers; the first keeps its own state. Undefined: the usual four. */
  readonly layers: readonly string[] | undefined;
  /** Where the runs work. */
  readonly folder: string;
  /** Whether the folders of healed runs stay, too. */
  readonly keep: boolean;
  /** Whether the undisturbed environments of an earlier start are used again. */
  readonly reuse: boolean;
}

export const usage = `Usage: npm run chaos -- [--runs N] [--seed S] [--from K] [--only KIND]... [--jobs J] [--layers L,L] [--folder DIR] [--keep] [--reuse]
  --runs N      cases, of the seeds S to S+N-1 (default: 20, one of each kind)
  --seed S      the first seed; a seed decides everything about its case (default: 1)
  --from K      go on at the seed K of these, after a run that was ended
  --only KIND   of this kind alone; may be repeated
  --jobs J      cases at a time (default: 3)
  --layers L,L  the layers of each case, s3-backend first (default: s3-backend,kms,platform,vpc; ten of 300 are of all)
  --folder DIR  where the cases work, and where those that do not heal stay (default: .provision/chaos)
  --keep        keep the others as well
  --reuse       start from the undisturbed environments that are there since an earlier start
Kinds: ${kindNames.join(", ")}
Exit codes: 0 every case has healed, 1 one has not, 64 the command line is wrong`;

/** EX_USAGE of sysexits.h: invalid arguments. */
const usageExitCode = 64;

/** Reads the command line; throws a `UserError` if it is invalid. */
export function readOptions(args: readonly string[]): ChaosOptions {
  const given = parsed(args);
  const runs = numberOf(given, "runs", kindNames.length);
  const first = numberOf(given, "seed", 1);
  const from = numberOf(given, "from", first);
  const unknown = (given.only ?? []).filter((name) => !kindNames.some((kind) => kind === name));
  if (unknown.length > 0) throw usageError(`--only is "${unknown[0] ?? ""}", which is no kind`);
  const only = kindNames.filter((kind) => given.only === undefined || given.only.includes(kind));
  return {
    help: given.help === true,
    seeds: { from, to: first + runs },
    only,
    jobs: numberOf(given, "jobs", 3),
    layers: given.layers?.split(","),
    folder: given.folder ?? ".provision/chaos",
    keep: given.keep === true,
    reuse: given.reuse === true,
  };
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      help: { type: "boolean", short: "h" },
      runs: { type: "string" },
      seed: { type: "string" },
      from: { type: "string" },
      only: { type: "string", multiple: true },
      jobs: { type: "string" },
      layers: { type: "string" },
      folder: { type: "string" },
      keep: { type: "boolean" },
      reuse: { type: "boolean" },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw usageError(error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error));
  }
}

function numberOf(
  given: Readonly<Partial<Record<"runs" | "seed" | "from" | "jobs", string>>>,
  name: "runs" | "seed" | "from" | "jobs",
  otherwise: number,
): number {
  const text = given[name] ?? String(otherwise);
  if (!/^[1-9]\d{0,8}$/.test(text)) throw usageError(`--${name} is "${text}", not a number above 0`);
  return Number(text);
}

function usageError(fault: string): UserError {
  return new UserError(
    `Cannot read the command line: ${fault}`,
    "Run: npm run chaos -- --help",
    usageExitCode,
  );
}
