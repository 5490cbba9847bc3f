import { parse } from "yaml";
import { z } from "zod";
import { exitCodes, UserError } from "../../../lib/errors";
import type { Request } from "../command-line/request";
import type { RehearsalFaults, World } from "../world/index";

const milliseconds = z.int().min(0).max(3_600_000);
const Faults: z.ZodType<RehearsalFaults> = z.strictObject({
  fail: z.record(z.string(), z.string()).optional(),
  failTimes: z.int().min(1).optional(),
  latencyMs: milliseconds.optional(),
  readyMs: milliseconds.optional(),
  refuseLock: z.boolean().optional(),
});

/** The failures and delays that `--faults` names; none without it. Throws all problems of the file at once. */
export function rehearsalFaults(
  { files }: Pick<World, "files">,
  { faults: path, rehearse }: Pick<Request, "faults" | "rehearse">,
): RehearsalFaults {
  if (path === undefined) return {};
  if (!rehearse)
    throw usage(
      "Cannot rehearse failures in AWS: --faults needs --rehearse",
      "Add --rehearse, or omit --faults",
    );
  const text = files.read(path);
  if (text === undefined)
    throw usage(`Cannot read "${path}", which --faults names: there is no such file`, "Correct the path");
  const { success, data, error } = Faults.safeParse(parsed(path, text));
  if (success) return data;
  const problems = error.issues.map(
    ({ path: keys, message }) => `${keys.join(".") || "the file"}: ${message}`,
  );
  throw usage(
    `Cannot rehearse the failures of "${path}": ${problems.join("; ")}`,
    'Write e.g. "latencyMs: 500", "refuseLock: true", or below "fail": "aws_eks_cluster: ResourceLimitExceeded"',
  );
}

function parsed(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw usage(
      `Cannot read "${path}": ${error instanceof Error ? error.message : String(error)}`,
      "Correct the file",
    );
  }
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, hint, exitCodes.usage);
}
