import { createHash } from "node:crypto";
import { z } from "zod";
import { exitCodes, UserError } from "../../../../lib/errors";
import { layerFolder } from "../../../../synthesis/folder";
import { readText } from "../../../../synthesis/read";
import { usageError } from "../../command-line/usage-error";
import { jsonOrUndefined } from "../../run/json";
import type { Files } from "../../world/index";
import type { ExportRun } from "./index";
import { writePipeline } from "./pipeline";
import { writePublishing } from "./publishing/write";

const manifestName = "manifest.json";
const manifestShape = z.object({
  generator: z.literal("edge-orchestrator-aws"),
  environment: z.string(),
  files: z.record(z.string(), z.string()),
});
type Digests = Readonly<Record<string, string>>;

/** Writes the generated Terraform JSON, or a pipeline of the environment or of one of its publishers. */
export function handle(run: ExportRun): Promise<number> {
  const { out, ci, publisher } = run.request;
  if (publisher !== undefined) return writePublishing(run, publisher);
  if (ci !== undefined) return writePipeline(run, ci);
  if (out === undefined) throw usageError("export takes --out <folder>, or --ci <service>", "export");
  return writeLayers(run, out);
}

/** Writes the generated Terraform of every layer into a folder, and removes what an earlier export wrote there. */
function writeLayers(run: ExportRun, out: string): Promise<number> {
  const { files } = run.world;
  const { name } = run.loaded.environment;
  const wanted = new Map([["README.md", readme(name)]]);
  for (const layer of run.layers) {
    const json = readText(files, layerFolder(run.folders.synthesised, layer.name));
    wanted.set(`${layer.name}/main.tf.json`, `${json.trimEnd()}\n`);
  }
  const earlier = readManifest(files, { out, environment: name });
  const obsolete = Object.keys(earlier).filter((file) => !wanted.has(file));
  for (const file of [...wanted.keys(), ...obsolete])
    assertOurs(files, { out, file, digest: earlier[file], next: wanted.get(file) });
  for (const [file, text] of wanted) files.write(`${out}/${file}`, text);
  for (const file of obsolete) files.remove(`${out}/${file}`);
  files.write(`${out}/${manifestName}`, manifestText(name, wanted));
  run.screen.print(`Wrote ${wanted.size} files to ${out}, removed ${obsolete.length}`);
  return Promise.resolve(exitCodes.done);
}

function readme(environment: string): string {
  return `Generated from the environment file of "${environment}" by edge-orchestrator-aws: change it there, and export again.\n`;
}

function manifestText(environment: string, wanted: ReadonlyMap<string, string>): string {
  const files = Object.fromEntries(
    [...wanted].map(([file, text]): [string, string] => [file, digestOf(text)]).toSorted(),
  );
  return `${JSON.stringify({ generator: "edge-orchestrator-aws", environment, files }, undefined, 2)}\n`;
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** What an earlier export wrote; throws when the manifest is not one of ours, or is that of another environment. */
function readManifest(
  files: Files,
  { out, environment }: { readonly out: string; readonly environment: string },
): Digests {
  const text = files.read(`${out}/${manifestName}`);
  if (text === undefined) return {};
  const parsed = manifestShape.safeParse(jsonOrUndefined(text));
  // Every layer has the same file name in every environment: one export would take the place of the other.
  if (parsed.success && parsed.data.environment === environment) return parsed.data.files;
  const truth = parsed.success
    ? `it has the export of "${parsed.data.environment}"`
    : `its ${manifestName} was not written by an export`;
  throw new UserError(
    `Cannot export "${environment}" to "${out}": ${truth}`,
    "Choose another folder with --out",
    exitCodes.preflightFailed,
  );
}

/** Throws if a file to be written or removed was not written by an export, or was edited afterwards. */
function assertOurs(
  files: Files,
  target: {
    readonly out: string;
    readonly file: string;
    readonly digest: string | undefined;
    readonly next: string | undefined;
  },
): void {
  const found = files.read(`${target.out}/${target.file}`);
  if (found === undefined || found === target.next || digestOf(found) === target.digest) return;
  const truth =
    target.digest === undefined ? "was not written by an export" : "was edited after it was exported";
  throw new UserError(
    `Cannot export to "${target.out}": ${target.file} ${truth}`,
    `Keep what you need of it, remove it, and export again`,
    exitCodes.preflightFailed,
  );
}
