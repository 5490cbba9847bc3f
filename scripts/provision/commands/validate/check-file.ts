import { ConfigError } from "../../../../lib/environment/config-error";
import { environmentPath } from "../../../../lib/environment/find";
import { FileError, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { programLine } from "../../command-line/help";
import { quoted } from "../../command-line/quoted";
import { findEnvironment } from "../../run/environment-file";
import type { World } from "../../world/index";
import { type Finding, findingsOf, placedFinding } from "./finding";

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
    const { loaded, layers } = findEnvironment(world, builtIn, {
      env,
      invalidLayers: false,
      rehearse: false,
    });
    const { name, account, region } = loaded.environment;
    const older = loaded.migrated === undefined ? [] : [olderFormat(env, file, loaded.migrated)];
    const warnings = loaded.warnings.map((warning) => placedFinding("warning", file, warning));
    const problems = [...older, ...warnings];
    const found = { file, environment: { name, account, region }, layers: layers.length };
    const unsynthesised = await synthesisError(world, layers, loaded);
    if (unsynthesised === undefined) return { ...found, valid: true, problems };
    return { ...found, valid: false, problems: [...problems, ...findingsOf(file, unsynthesised)] };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof SynthesisBlocked) throw error;
    return {
      file,
      valid: false,
      problems: findingsOf(error instanceof ConfigError ? error.file : file, error),
    };
  }
}

function olderFormat(
  env: string,
  file: string,
  { from, to }: { readonly from: number; readonly to: number },
): Finding {
  const message = `the format of this file is version ${from}, and this release writes version ${to}`;
  return { severity: "warning", file, message, hint: `Run: ${programLine} migrate --env ${quoted(env)}` };
}

/** The system does not let a synthesis write, which says nothing about the file that is checked. */
class SynthesisBlocked extends UserError {}

async function synthesisError(
  { files, product }: World,
  layers: readonly AnyLayer[],
  loaded: Parameters<World["product"]["synthesise"]>[1],
): Promise<UserError | undefined> {
  const outdir = files.temporary();
  try {
    await product.synthesise(layers, loaded, { outdir, deletionProtection: true });
    return undefined;
  } catch (error) {
    if (error instanceof FileError) throw new SynthesisBlocked(error.message, error.hint);
    if (error instanceof UserError) return error;
    throw error;
  } finally {
    files.remove(outdir);
  }
}
