import { checkSetting } from "../../../../lib/environment/setting-problems";
import { exitCodes, UserError } from "../../../../lib/errors";
import { Environment } from "../../../../lib/layer/environment-schema";
import { commandLine } from "../../command-line/request";
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

/** Refuses to overwrite a file. */
export function exists(file: string, request: Given["request"]): UserError {
  return new UserError(
    `Cannot create ${file}: it exists, and is never overwritten`,
    `Edit it, then run: ${commandLine(request, { command: "validate" })}`,
    exitCodes.preflightFailed,
  );
}
