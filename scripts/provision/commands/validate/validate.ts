import { environmentFolder } from "../../../../lib/environment/environment-folder";
import { exitCodes, UserError } from "../../../../lib/errors";
import { programLine } from "../../command-line/help";
import type { World } from "../../world/index";
import { type CheckedFile, checkFile } from "./check-file";
import { annotations, documentOf, textOf } from "./formats";
import type { ValidateInvocation } from "./index";

/** Checks the environment files that are named, or all in configs/; the exit code says whether all are valid. */
export async function handle(invocation: ValidateInvocation): Promise<number> {
  const { world, request, screen } = invocation;
  const { format } = request;
  const environments = request.env.length === 0 ? filesOf(world) : [...new Set(request.env)];
  const layers = await invocation.loadLayers();
  const checked: CheckedFile[] = [];
  // One after another: a synthesis has cdktf's global state to itself.
  for (const environment of environments) checked.push(await checkFile(world, layers, environment));
  if (format === "json") screen.verbatim(documentOf(checked));
  else if (format === "github") screen.verbatim(annotations(checked));
  else screen.print(textOf(screen.ink, checked));
  return checked.every(({ valid }) => valid) ? exitCodes.done : exitCodes.configInvalid;
}

function filesOf({ files }: World): readonly string[] {
  const found = files.list(environmentFolder).filter((entry) => /^[^/]+\.ya?ml$/.test(entry));
  if (found.length > 0) return found.map((entry) => `${environmentFolder}/${entry}`);
  throw new UserError(
    `Cannot validate: the current folder has no environment files in ${environmentFolder}/`,
    `Change to the folder that has them; or run, to create one here: ${programLine} init --env <name>`,
    exitCodes.configInvalid,
  );
}
