import { ConfigError } from "../../../../lib/environment/config-error";
import { environmentPath } from "../../../../lib/environment/find";
import { UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { findEnvironment } from "../../run/environment-file";
import type { World } from "../../world/index";
import { type Finding, findingsOf } from "./finding";

/** What one environment file describes, and what is wrong with it. */
export interface CheckedFile {
  readonly file: string;
  readonly valid: boolean;
  /** Unset if the file cannot be loaded. */
  readonly environment?: { readonly name: string; readonly account: string; readonly region: string };
  /** How many layers the environment has, with extensions. */
  readonly layers?: number;
  readonly problems: readonly Finding[];
}

/** Loads an environment file, and synthesises it: names that are too long for AWS are found there alone. */
export async function checkFile(
  world: World,
  builtIn: readonly AnyLayer[],
  env: string,
): Promise<CheckedFile> {
  const file = environmentPath(env);
  try {
    const { loaded, layers } = findEnvironment(world, builtIn, { env, invalidLayers: false });
    const { name, account, region } = loaded.environment;
    const problems = loaded.migrated === undefined ? [] : [olderFormat(file, loaded.migrated)];
    const found = { file, environment: { name, account, region }, layers: layers.length };
    const unsynthesised = await synthesisError(world, layers, loaded);
    if (unsynthesised === undefined) return { ...found, valid: true, problems };
    return { ...found, valid: false, problems: [...problems, ...findingsOf(file, unsynthesised)] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      file,
      valid: false,
      problems: findingsOf(error instanceof ConfigError ? error.file : file, error),
    };
  }
}

function olderFormat(file: string, { from, to }: { readonly from: number; readonly to: number }): Finding {
  const message = `the format of this file is version ${from}, and this release writes version ${to}`;
  return { severity: "warning", file, message, hint: "Run provision migrate" };
}

async function synthesisError(
  world: World,
  layers: readonly AnyLayer[],
  loaded: Parameters<World["product"]["synthesise"]>[1],
): Promise<UserError | undefined> {
  // An editor may check the same file twice at the same time.
  const { files, product } = world;
  const folder = `.provision/validate-${world.randomBytes(8).toString("hex")}`;
  try {
    await product.synthesise(layers, loaded, { outdir: files.absolute(folder), deletionProtection: true });
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  } finally {
    files.remove(folder);
  }
}
