import type { Precondition } from "../../../lib/layer/layer";

/** The simulated account to start. */
export interface RehearsalRequest {
  readonly directory: string;
  readonly seeds: readonly Precondition[];
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly faults: RehearsalFaults;
  /** Folders of everything that will be planned; Terraform gets the schemas of the types in them only. */
  readonly configurations?: readonly string[];
}

/** Failures and delays of the simulated account. */
export interface RehearsalFaults {
  /** Creates and updates that fail, by resource type or "type=name", with the message of the service. */
  readonly fail?: Readonly<Record<string, string>> | undefined;
  /** How often each of them happens; unset: always. */
  readonly failTimes?: number | undefined;
  /** Milliseconds before every change takes effect. */
  readonly latencyMs?: number | undefined;
  /** Milliseconds after it, until the provider reports it. */
  readonly readyMs?: number | undefined;
  /** Whether every lock of a state is held by another client. */
  readonly refuseLock?: boolean | undefined;
}

/** Running simulated providers and state storage. */
export interface RunningRehearsal {
  /** Every AWS_* and TF_* variable that Terraform may see. */
  readonly environment: Readonly<Record<string, string>>;
  /** Simulated objects that exist now, but for those that existed beforehand. */
  objects(): readonly {
    readonly type: string;
    readonly id: string;
    /** As the provider returns them. */
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  /** Locks on states that exist now, as "bucket/key". */
  lockFiles(): readonly string[];
  removeLock(bucket: string, key: string): void;
  /** The text of an object in the simulated S3; undefined if there is none. */
  stored(bucket: string, key: string): string | undefined;
  stop(): Promise<void>;
}
