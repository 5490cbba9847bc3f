import "./lib/layer/token-traces"; // first, because it must precede the first token
import { mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { App } from "cdktf";
import { loadEnvironment, type LoadedEnvironment } from "./lib/environment/environment";
import { olderFileNotice } from "./lib/environment/older-file";
import { UserError } from "./lib/errors";
import type { AnyLayer } from "./lib/layer/layer";
import { addStack } from "./lib/layer/add-stack";
import { layers } from "./modules";

/** Where and how to synthesise. */
export interface Synthesis {
  /** Folder for `stacks/<layer>/cdk.tf.json`; one per environment. */
  readonly outdir: string;
  /** False only on the way to destruction: lifts deletion protection. */
  readonly deletionProtection: boolean;
}

/** Builds every layer of one environment; the result depends on nothing but the commit and the environment file. */
export function synthesise(layers: readonly AnyLayer[], loaded: LoadedEnvironment, to: Synthesis): void {
  mkdirSync(to.outdir, { recursive: true });
  const app = new App({ outdir: to.outdir });
  const { environment, settings } = loaded;
  for (const layer of layers) {
    addStack(app, layer, { environment, settings, deletionProtection: to.deletionProtection });
  }
  app.synth();
}

/** What `cdktf synth` and `cdktf diff <layer>` run: the environment comes from a variable, since they take no option. */
function synthesiseForCdktf(): void {
  const file = environmentFile(process.env["ORCHESTRATOR_ENV"]);
  const read = (path: string) => readFileSync(resolve(dirname(file), path), "utf8");
  const loaded = loadEnvironment(layers, { file, text: readFileSync(file, "utf8"), read, now: new Date() });
  const { name } = loaded.environment;
  if (loaded.migrated !== undefined) {
    const migrate = `npx ts-node scripts/provision.ts migrate --env ${name}`;
    for (const line of olderFileNotice(file, loaded.migrated, migrate)) console.error(line);
  }
  const outdir = process.env["CDKTF_OUTDIR"] ?? `cdktf.out/${name}`;
  // Two environments in one folder end in "Backend configuration changed", whose documented cure mixes their states.
  if (basename(outdir) !== name) {
    throw new UserError(
      `Cannot synthesise "${name}" into "${outdir}": each environment has an output directory of its own`,
      `Run: ORCHESTRATOR_ENV=${name} npx cdktf synth --output cdktf.out/${name}`,
    );
  }
  synthesise(layers, loaded, { outdir, deletionProtection: true });
}

function environmentFile(name: string | undefined): string {
  if (name !== undefined) return `configs/${name}.yaml`;
  throw new UserError(
    "Cannot synthesise: no environment is named",
    "Run: ORCHESTRATOR_ENV=dev npx cdktf synth --output cdktf.out/dev",
  );
}

if (require.main === module) {
  try {
    synthesiseForCdktf();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`${error.message}\n  ${error.hint}`);
    process.exitCode = error.exitCode;
  }
}
