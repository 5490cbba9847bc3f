import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { Files } from "../../world/index";
import { sha256 } from "../plan-digest";
import { type Manifest, manifestText, readManifest } from "./manifest";

/** Plans of layers, as Terraform wrote them, and what is known of them. */
export interface SavedPlan {
  readonly manifest: Manifest;
  /** Terraform's plan file of each layer. */
  readonly plans: ReadonlyMap<string, Uint8Array>;
}

const manifestName = "manifest.json";
const planName = (layer: string) => `${layer}.tfplan`;

/** Writes one zip file, readable by its owner alone: Terraform's plans contain secrets in plain text. */
export function writeSavedPlan(
  files: Files,
  path: string,
  { manifest, plans }: { readonly manifest: Omit<Manifest, "format">; readonly plans: SavedPlan["plans"] },
): void {
  const entries = [...plans].map(([layer, plan]) => [planName(layer), plan] as const);
  const content = { [manifestName]: strToU8(manifestText(manifest)), ...Object.fromEntries(entries) };
  files.write(path, zipSync(content, { mtime: new Date(manifest.created) }), "secret");
}

/** Reads what `writeSavedPlan` wrote; throws `UserError` for anything else, and when a plan is not the one of the manifest. */
export function readSavedPlan(files: Files, path: string): SavedPlan {
  if (files.kind(path) !== "file") throw unreadable(path, "there is no such file");
  const content = unzipped(files.part(path, 0, files.size(path)));
  const text = content?.[manifestName];
  if (content === undefined || text === undefined) throw unreadable(path, "it is none of plan --save");
  const manifest = readManifest(strFromU8(text));
  if (typeof manifest === "string") throw unreadable(path, manifest);
  const plans = manifest.layers.map(({ name, file }) => {
    const plan = content[planName(name)];
    if (plan === undefined || sha256(plan) !== file)
      throw unreadable(path, `the plan of "${name}" in it is not the one that was saved`);
    return [name, plan] as const;
  });
  return { manifest, plans: new Map(plans) };
}

function unzipped(content: Uint8Array): Readonly<Record<string, Uint8Array>> | undefined {
  try {
    return unzipSync(content);
  } catch {
    return undefined;
  }
}

function unreadable(path: string, truth: string): UserError {
  return new UserError(
    `Cannot read the saved plan "${path}": ${truth}`,
    "Name a file that plan --save wrote, or write a new one with it",
    exitCodes.preflightFailed,
  );
}
