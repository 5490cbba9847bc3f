import { mkdirSync } from "node:fs";
import { inspect } from "node:util";
import { layers } from "../../modules";
import { findEnvironment } from "../../scripts/provision/run/environment-file";
import { runFolders } from "../../scripts/provision/run/folders";
import type { RunningRehearsal } from "../../scripts/provision/world/index";
import { layerFolder } from "../../synthesis/folder";
import { type WatchedWorld, worldIn } from "../provision/real-world";
import { run } from "../provision/runs";
import { runVariables } from "./run-variables";
import type { Variables } from "./terraform";

/** An environment that has been applied in a rehearsal, with its state storage up again. */
export interface Rehearsed {
  readonly world: WatchedWorld;
  readonly rehearsal: RunningRehearsal;
  /** Folder for the test's own files. */
  readonly scratch: string;
  /** Folder of the simulated account. */
  readonly account: string;
  /** Folder of one synthesised layer. */
  layerFolder(layer: string): string;
  /** What a layer reads at run time, and what is generated for a run, as variables of Terraform. */
  runVariables(layer: string): Variables;
  /** Applies layers of another environment file to what is there. */
  resize(environmentFile: string, layers: readonly string[]): Promise<Rehearsed>;
}

/** Applies every layer of an environment file to simulated providers; `files` lie beside it. */
export async function rehearse(
  environmentFile: string,
  files: Readonly<Record<string, string>>,
): Promise<Rehearsed> {
  const world = worldIn(environmentFile);
  for (const [path, text] of Object.entries(files)) world.files.write(`configs/${path}`, text, "secret");
  const scratch = world.files.absolute("scratch");
  mkdirSync(scratch);
  return applied({ world, files, scratch }, "");
}

interface Prepared {
  readonly world: WatchedWorld;
  readonly files: Readonly<Record<string, string>>;
  readonly scratch: string;
}

async function applied({ world, files, scratch }: Prepared, selection: string): Promise<Rehearsed> {
  const outcome = await run(world, `apply --env example --rehearse --verbose${selection}`, layers);
  if (outcome !== 0) throw new Error(`${world.printed.join("\n")}\n${inspect(outcome)}`);

  const { loaded } = findEnvironment(world, layers, { env: "example", invalidLayers: false, rehearse: true });
  const { environment } = loaded;
  const variables = new Map<string, Variables>(
    layers.map((layer) => [layer.name, runVariables(layer, loaded, files)] as const),
  );
  const { name, account, region, partition } = environment;
  const folders = runFolders({
    environment: name,
    rehearse: true,
    fullCycle: false,
    started: new Date(0),
  });
  const directory = world.files.absolute(folders.simulation ?? "");
  const rehearsal = await world.product.startRehearsal({
    ...{ directory, seeds: [], faults: {}, account, region, partition },
    configurations: [world.files.absolute(folders.synthesised)],
  });
  return {
    world,
    rehearsal,
    scratch,
    account: folders.simulation ?? "",
    layerFolder: (layer) => world.files.absolute(layerFolder(folders.synthesised, layer)),
    runVariables: (name) => variables.get(name) ?? {},
    async resize(environmentFile, only) {
      await rehearsal.stop();
      world.files.write("configs/example.yaml", environmentFile);
      return applied({ world, files, scratch }, ` --only ${only.join(",")}`);
    },
  };
}
