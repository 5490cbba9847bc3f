import { createHash } from "node:crypto";
import { exitCodes, UserError } from "../../../../lib/errors";
import { commandLine } from "../../command-line/request";
import type { ExportRun } from "./index";

/** Writes a file into a repository, unless a file of that name is not as an export left it. */
export function writeUnlessEdited(run: ExportRun, name: string, body: string): void {
  const { request, screen } = run;
  const { files } = run.world;
  const folder = (request.out ?? ".").replace(/\/+$/, "");
  const path = `${folder}/${name}`.replace(/^\.\//, "");
  // Where it was written to is of no interest to its readers.
  const text = `${head(commandLine(request, { out: undefined }), body)}${body}`;
  // Git writes these line ends on Windows, and nobody edited the file.
  const found = files.read(path)?.replaceAll("\r\n", "\n");
  if (found !== undefined && found !== text) assertUnedited(path, found);
  if (found !== text) files.write(path, text);
  screen.print(found === text ? `${path} is up to date` : `Wrote ${path}`);
}

const digestName = "SHA-256 of the lines below: ";

/** Says where a file is from, and holds what tells later whether it was edited. */
function head(command: string, body: string): string {
  return `# Written by: ${command}\n# An edited file is not overwritten. ${digestName}${digestOf(body)}\n`;
}

function assertUnedited(path: string, found: string): void {
  const [, second = "", ...rest] = found.split("\n");
  if (second.endsWith(digestName + digestOf(rest.join("\n")))) return;
  const truth = second.includes(digestName)
    ? "it was edited after it was exported"
    : "it was not written by an export";
  throw new UserError(
    `Cannot write "${path}": ${truth}`,
    "Export to another folder with --out, and take over by hand what is new",
    exitCodes.preflightFailed,
  );
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
