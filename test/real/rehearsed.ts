import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Rehearsal, startRehearsal } from "../../rehearsal";
import { loadConfig } from "../synth";

/** An environment that has been applied in a rehearsal, with its state storage up again. */
export interface Rehearsed {
  readonly rehearsal: Rehearsal;
  /** Folder for the test's own files. */
  readonly scratch: string;
  /** Folder of one synthesised layer. */
  layerFolder(layer: string): string;
  stop(): Promise<void>;
}

const root = resolve(__dirname, "../..");

/** Applies every layer of configs/<name>.yaml to simulated providers, through the command that users type. */
export async function rehearse(name: string): Promise<Rehearsed> {
  const scratch = mkdtempSync(join(tmpdir(), "rehearsed-"));
  const tsNode = join(root, "node_modules/.bin/ts-node");
  const program = ["--project", join(root, "tsconfig.json"), join(root, "scripts/provision.ts")];
  const config = join(root, `configs/${name}.yaml`);
  await promisify(execFile)(tsNode, [...program, "apply", "--env", config, "--rehearse"], { cwd: scratch });
  const own = join(scratch, ".provision/rehearsal", name);
  const { account, region, partition } = loadConfig({ config: `configs/${name}.yaml` }).environment;
  const rehearsal = await startRehearsal({ directory: join(own, "account"), account, region, partition });
  return {
    rehearsal,
    scratch,
    layerFolder: (layer) => join(own, "synthesised/stacks", layer),
    stop: async () => {
      await rehearsal.stop();
      rmSync(scratch, { recursive: true });
    },
  };
}
