import type { LoadedEnvironment } from "../../../lib/environment/environment";
import type { AnyLayer } from "../../../lib/layer/layer";
import type { Approvals } from "./approvals";
import type { EnvironmentLock } from "./environment-lock";
import type { Events } from "./events";
import type { FreshKeys } from "./fresh-keys";
import type { Tally } from "./tally";
import type { Interrupts } from "./interrupts";
import type { RunLock } from "./lock";
import type { RunFolders } from "./folders";
import type { Records } from "./records";
import type { StateGuard } from "./state-guard";
import { commandLine, type Request } from "../command-line/request";
import type { Screen } from "../screen/screen";
import type { RunningRehearsal, World } from "../world/index";

/** Context shared by the steps of one run; `Options` are those of its command. */
export interface Run<Options extends object = object> {
  readonly world: World;
  /** Names it in its journal; unset for one that changes nothing. */
  readonly name?: string;
  /** When it began, in seconds of the world's clock. */
  readonly started: number;
  readonly request: Request & Options;
  /** Every layer, in order, extensions included. */
  readonly layers: readonly AnyLayer[];
  /** The selected layers, in order. */
  readonly selected: readonly AnyLayer[];
  readonly loaded: LoadedEnvironment;
  /** Path of the environment file, relative to where the product was started. */
  readonly file: string;
  /** Folder of the environment file, to which paths in it are relative. */
  readonly configFolder: string;
  readonly folders: RunFolders;
  /** Of the folders on this machine. */
  readonly lock: RunLock;
  /** Of the environment, for everybody. */
  readonly environmentLock: EnvironmentLock;
  readonly stateGuard: StateGuard;
  readonly events: Events;
  /** What only informs is written with these. */
  readonly records: Records;
  readonly freshKeys: FreshKeys;
  readonly tally: Tally;
  readonly approvals: Approvals;
  /** The simulated account; undefined on a real run. */
  readonly rehearsal: RunningRehearsal | undefined;
  readonly screen: Screen;
  readonly interrupts: Interrupts;
  readonly program: string;
  /** Of Terraform; undefined where none runs. */
  readonly version?: string | undefined;
  /** Terraform's plan files to apply instead of new ones, and the digests that were approved, by layer; each is taken out once. */
  readonly savedPlans?: Map<string, { readonly file: Uint8Array; readonly digest: string }>;
  /** Environment variables of every Terraform command. */
  readonly environment: Readonly<Record<string, string>>;
  /** How to get credentials that AWS accepts, e.g. `Run: aws sso login --profile ops`; empty in a rehearsal. */
  readonly signIn: string;
  /** Outputs of layers that are known to be applied. */
  readonly known: Map<string, Readonly<Record<string, unknown>>>;
}

/** The layer that creates the state bucket, unless the bucket is managed outside this environment. */
export function bootstrapLayer({ layers, loaded }: Pick<Run, "layers" | "loaded">): AnyLayer | undefined {
  return loaded.environment.state.existing ? undefined : layers.find(({ state }) => state === "bootstrap");
}

/** The command line that resumes at this layer, with some changes. */
export function retryLine(
  { request }: Pick<Run, "request">,
  layer: AnyLayer,
  change: Partial<Request> = {},
): string {
  const resumable = request.command === "apply" && request.only.length === 0 && request.plan === undefined;
  return commandLine(request, { ...(resumable ? { from: layer.name } : {}), ...change });
}

export function logOf({ folders }: Pick<Run, "folders">, layer: AnyLayer): string {
  return `${folders.logs}/${layer.name}.log`;
}
