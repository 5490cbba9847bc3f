import { checkSetting } from "../../../../lib/environment/setting-problems";
import { exitCodes, UserError } from "../../../../lib/errors";
import { Environment } from "../../../../lib/layer/environment-schema";
import { commandLine } from "../../command-line/request";
import { repeatedLine } from "./answer-options";
import type { Answers } from "./answers";
import type { InitInvocation } from "./index";

type Given = Pick<InitInvocation, "world" | "request">;

/** The path of the file; throws if the name is not one of an environment, or the file exists. */
export function newFile({ world, request }: Given): string {
  const { env } = request;
  const checked = checkSetting(Environment.shape.name, env, ["name"]);
  if (!checked.ok) {
    const [problem] = checked.problems;
    throw new UserError(
      `Cannot create environment "${env}": the name ${problem?.message ?? "is not accepted"}`,
      problem?.hint ?? "Choose another name",
      exitCodes.usage,
    );
  }
  const file = `configs/${env}.yaml`;
  if (world.files.read(file) !== undefined) throw exists(file, request);
  return file;
}

/** Writes the file; whatever goes wrong, the answers are in the command line that tries again. */
export function writeNewFile(
  { world, request }: Given,
  { file, text, answers }: { readonly file: string; readonly text: string; readonly answers: Answers },
): void {
  let created: boolean;
  try {
    created = world.files.create(file, text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError(
      `Cannot create ${file}: ${error.message}`,
      `Correct that, then run: ${repeatedLine(request, answers, true)}`,
      exitCodes.preflightFailed,
    );
  }
  // Another process has written it meanwhile.
  if (!created) throw exists(file, request);
}

function exists(file: string, request: Given["request"]): UserError {
  return new UserError(
    `Cannot create ${file}: it exists, and is never overwritten`,
    `Edit it, then run: ${commandLine(request, { command: "validate" })}`,
    exitCodes.preflightFailed,
  );
}
