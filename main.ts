import "./lib/layer/token-traces"; // first, because it must precede the first token
import "./lib/layer/without-archiver"; // precedes the first use of cdktf
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { App } from "cdktf";
import { createFolder } from "./lib/create-folder";
import type { LoadedEnvironment } from "./lib/environment/environment";
import { findEnvironment } from "./lib/environment/find";
import { olderFileNotice } from "./lib/environment/older-file";
import { UserError } from "./lib/errors";
import { fileError, withFile } from "./lib/file-error";
import { fileKind } from "./lib/file-kind";
import type { AnyLayer } from "./lib/layer/layer";
import { addStack } from "./lib/layer/add-stack";
import { loadModule } from "./lib/load-module";
import { layers as builtInLayers } from "./modules";

/** Options of a synthesis. */
export interface Synthesis {
  /** Folder for `stacks/<layer>/cdk.tf.json`; one per environment. */
  readonly outdir: string;
  /** False only while destroying, to disable deletion protection. */
  readonly deletionProtection: boolean;
}

/** Synthesises every layer of one environment; the result depends only on the commit and the environment file. */
export function synthesise(layers: readonly AnyLayer[], loaded: LoadedEnvironment, to: Synthesis): void {
  withFile({ verb: "write", path: to.outdir }, () => {
    build(layers, loaded, to);
  });
}

function build(layers: readonly AnyLayer[], loaded: LoadedEnvironment, to: Synthesis): void {
  createFolder(to.outdir);
  const app = new App({ outdir: to.outdir });
  const { environment, settings } = loaded;
  for (const layer of layers) {
    addStack(app, layer, { environment, settings, deletionProtection: to.deletionProtection });
  }
  app.synth();
}

/** Entry point of `cdktf synth` and `cdktf diff <layer>`, which have no option for the environment. */
export function synthesiseForCdktf(variables: NodeJS.ProcessEnv): void {
  const chosen = environmentName(variables["ORCHESTRATOR_ENV"]);
  const found = findEnvironment(chosen, builtInLayers, {
    read: (path) => withFile({ verb: "read", path }, () => textOf(path)),
    kind: fileKind,
    list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
    absolute: (path) => resolve(path),
    loadModule,
    now: new Date(),
    choice: (name) => `ORCHESTRATOR_ENV=${name}`,
    creation: (name) => `npx ts-node scripts/provision.ts init --env ${name}`,
  });
  const { name } = found.loaded.environment;
  if (found.loaded.migrated !== undefined) {
    const migrate = `npx ts-node scripts/provision.ts migrate --env ${chosen}`;
    for (const line of olderFileNotice(found.file, found.loaded.migrated, migrate)) console.error(line);
  }
  const outdir = variables["CDKTF_OUTDIR"] ?? `cdktf.out/${name}`;
  // Two environments in one folder cause "Backend configuration changed", whose documented solution mixes their states.
  if (basename(outdir) !== name) {
    throw new UserError(
      `Cannot synthesise "${name}" into "${outdir}": each environment needs a separate output directory`,
      `Run: ORCHESTRATOR_ENV=${name} npx cdktf synth --output cdktf.out/${name}`,
    );
  }
  synthesise(found.layers, found.loaded, { outdir, deletionProtection: true });
}

function textOf(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined;
}

function environmentName(name: string | undefined): string {
  if (name !== undefined) return name;
  throw new UserError(
    "Cannot synthesise: no environment is specified",
    "Run: ORCHESTRATOR_ENV=dev npx cdktf synth --output cdktf.out/dev",
  );
}

/** The app of cdktf.json. */
export function cdktfApp(): void {
  try {
    synthesiseForCdktf(process.env);
  } catch (error) {
    const failure = error instanceof UserError ? error : fileError(error);
    if (failure === undefined) throw error;
    console.error(`${failure.message}\n  ${failure.hint}`);
    process.exitCode = failure.exitCode;
  }
}

if (require.main === module) cdktfApp();
