import { UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { valueOf } from "../../../lib/layer/secret-files";
import { layerFolder } from "../../../synthesis/folder";
import { commandLine } from "../command-line/request";
import { earlierLayersLine } from "../run/earlier-layers";
import { recoverLine } from "../run/recover-line";
import { bootstrapLayer, logOf, retryLine, type Run } from "../run/run";
import { maskSecrets } from "../run/secrets";
import { startOver } from "../run/start-over";
import type { TerraformContext } from "./context";
import { dropDeadLock } from "./dead-lock";
import { generatedVariables } from "./generated-variables";
import { layerFolders } from "./layer-folders";
import { ownLog } from "./own-log";
import { withRetries } from "./retries";
import { lockObject } from "./state-lock";
import { Terraform } from "./terraform";
import { assertNothingUnsaved } from "./unsaved-state";

/** Terraform for one layer, in its synthesised folder or in that of another output directory. */
export function terraformFor(
  run: Run,
  layer: AnyLayer,
  use: {
    readonly verb: string;
    readonly outdir?: string;
    /** Also with a state that an earlier run could not save, or that is damaged or gone. */
    readonly evenUnsaved?: boolean;
    /** Additional environment variables. */
    readonly variables?: Readonly<Record<string, string>>;
  },
): Terraform {
  const folder = layerFolder(use.outdir ?? run.folders.synthesised, layer.name);
  const mask = maskSecrets(run);
  return new Terraform(run.world, {
    program: run.program,
    environment: {
      ...run.environment,
      ...secretVariables(run, layer),
      ...generatedVariables(run, layer),
      ...use.variables,
    },
    interrupts: run.interrupts,
    backendMoves: layer === bootstrapLayer(run),
    events: run.events,
    records: run.records,
    mask,
    confirmLock: () => run.environmentLock.confirm(layer.name),
    withRetries: (command, attempt) => withRetries(run, layer, { command, attempt }),
    assertState: async () => {
      dropDeadLock(run, layer.name);
      if (use.evenUnsaved === true) return;
      assertNothingUnsaved(run, layer, use.verb);
      await run.stateGuard.assertWhole(layer.name, { verb: use.verb, folder });
    },
    log: ownLog(run, layer.name, mask),
    folders: layerFolders(run.folders, layer.name),
    failed: failedContext(run, layer, { verb: use.verb, folder }),
  });
}

/** What the message of a failure needs to know. */
function failedContext(
  run: Run,
  layer: AnyLayer,
  { verb, folder }: { readonly verb: string; readonly folder: string },
): TerraformContext["failed"] {
  const { environment } = run.loaded;
  return {
    verb,
    layer: layer.name,
    program: run.program,
    folder,
    log: logOf(run, layer),
    account: environment.account,
    region: environment.region,
    bucket: environment.state.bucket,
    lockObject: lockObject(environment, layer.name),
    signIn: run.signIn,
    retry: retryLine(run, layer),
    recover: recoverLine(run, layer),
    createBucket: createBucketLine(run, layer),
    startOver: startOver(run),
  };
}

function createBucketLine(run: Run, layer: AnyLayer): string | undefined {
  const creator = bootstrapLayer(run);
  if (creator === undefined) return undefined;
  if (run.request.command === "apply") return earlierLayersLine(run, layer);
  return commandLine(run.request, {
    command: "apply",
    plan: undefined,
    only: [creator.name],
    from: undefined,
    until: undefined,
  });
}

/** Reads the files of secret settings into Terraform variables; they are not part of the synthesised JSON. */
export function secretVariables(run: Run, layer: AnyLayer): Record<string, string> {
  const settings = run.loaded.settings[layer.name];
  const sources = Object.entries(layer.secretFiles?.({ settings }) ?? {});
  return Object.fromEntries(
    sources.map(([name, source]) => {
      const about = `for variable "${name}" of "${layer.name}"`;
      return [`TF_VAR_${name}`, valueOf(source, (path) => contentOf(run, path, about))];
    }),
  );
}

function contentOf(run: Run, path: string, about: string): string {
  const place = path.startsWith("/") ? path : `${run.configFolder}/${path}`;
  const text = run.world.files.read(place);
  if (text !== undefined) return text;
  throw new UserError(
    `Cannot read "${place}" ${about}: the file does not exist`,
    `Create the file, or correct its path in ${run.request.env}`,
  );
}
