import { environmentFolder } from "../../../lib/environment/environment-folder";
import { exitCodes, UserError } from "../../../lib/errors";
import { commonOptions, optionsOf } from "../command-line/common-options";
import type { CommandDeclaration } from "../command-line/define";
import type { Request } from "../command-line/request";
import type { World } from "../world/index";
import type { Run } from "./run";

/** Names of standard output, on which the run itself prints. */
const standardOutput = /^\/(dev\/(stdout|fd\/1)|proc\/self\/fd\/1)$/;

/** Throws before the run if a file cannot be written that it is to write at its end, or is one with settings. */
export function assertOutputFiles(
  { files }: Pick<World, "files">,
  order: {
    readonly command: CommandDeclaration;
    readonly request: Pick<Request, "out" | "save" | "timings">;
    readonly found: { readonly file: string };
  },
): void {
  const { command, request, found } = order;
  // With some commands, --out names a folder.
  const out = optionsOf(command)["out"] === commonOptions.out ? request.out : undefined;
  if (out !== undefined && standardOutput.test(out))
    throw new UserError(
      `Cannot write the plan to "${out}": the progress of the run is printed there`,
      "Omit --out; --format markdown and --format json print nothing but the plan",
      exitCodes.usage,
    );
  const settings = [found.file, environmentFolder].map((path) => files.absolute(path));
  const written = { "--out": out, "--save": request.save, "--timings": request.timings };
  for (const [option, path] of Object.entries(written)) {
    if (path === undefined) continue;
    const wanted = files.absolute(path);
    if (settings.some((kept) => wanted === kept || wanted.startsWith(`${kept}/`)))
      throw new UserError(
        `Cannot write "${path}": it is among the environment files`,
        `Choose another path for ${option}`,
        exitCodes.usage,
      );
    files.assertWritable(path);
  }
}

/** A run that has ended keeps its outcome, whether or not its timings can be written. */
export function writeTimings({ request, records }: Pick<Run, "request" | "records">, report: string): void {
  if (request.timings !== undefined) records.write(request.timings, report);
}
