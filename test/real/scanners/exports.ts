import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../../lib/layer/environment-schema";
import { layers } from "../../../modules";
import { credentialFiles, moveTo, type Partition, switchEverythingOn } from "../../everything-on";
import { loadConfig, type RawEnvironment, type SynthesisOptions, synthLayers } from "../../synth";
import { withDocuments } from "./documents";
import { toHcl } from "./hcl";
import { joinLayers, type JoinedRoot } from "./joined";
import type { Layers } from "./rewriting";

/** An environment as `export` writes it. */
export interface Exported {
  readonly environment: Environment;
  readonly json: Layers;
}

const everythingIn = (partition: Partition): SynthesisOptions => ({
  config: "example",
  files: credentialFiles,
  edit: (raw: RawEnvironment) => {
    moveTo(raw, partition);
    switchEverythingOn(raw);
  },
});

/** What is scanned, by the name of the root module. */
const scanned = {
  dev: { config: "dev" },
  example: { config: "example" },
  "everything-on": everythingIn("aws"),
  govcloud: everythingIn("aws-us-gov"),
  china: everythingIn("aws-cn"),
} satisfies Readonly<Record<string, SynthesisOptions>>;

type Name = keyof typeof scanned;
// Object.keys forgets which keys there are.
export const exportNames = Object.keys(scanned) as Name[];

/** Synthesises every environment that is scanned, in all its layers. */
export function exportAll(): Readonly<Record<Name, Exported>> {
  const all = exportNames.map((name) => {
    const loaded = loadConfig(scanned[name], layers);
    return [name, { environment: loaded.environment, json: synthLayers(loaded) }] as const;
  });
  // The names are those of the keys.
  return Object.fromEntries(all) as Record<Name, Exported>;
}

/** The layers of an export in one root module, with complete policies. */
export function rootOf({ environment, json }: Exported): JoinedRoot {
  return withDocuments(joinLayers(json), environment);
}

/** Writes root modules for scanners of Terraform, each into a folder. */
export function writeRoots(folder: string, roots: Readonly<Record<string, JoinedRoot>>): void {
  for (const [name, root] of Object.entries(roots)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "main.tf"), toHcl(root));
  }
}

/** Writes the policies of identities in root modules, each into a file. */
export function writePolicies(folder: string, roots: Readonly<Record<string, JoinedRoot>>): void {
  for (const [name, { resource }] of Object.entries(roots)) {
    mkdirSync(join(folder, name), { recursive: true });
    for (const type of ["aws_iam_policy", "aws_iam_role_policy"])
      for (const [id, { policy }] of Object.entries(resource[type] ?? {}))
        writeFileSync(join(folder, name, `${type}.${id}.json`), String(policy));
  }
}
