import type { Precondition } from "../../../lib/layer/layer";

/** The simulated account to start. */
export interface RehearsalRequest {
  readonly directory: string;
  readonly seeds: readonly Precondition[];
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Folders of everything that will be planned; Terraform gets the schemas of the types in them only. */
  readonly configurations?: readonly string[];
}

/** Running simulated providers and state storage. */
export interface RunningRehearsal {
  /** Every AWS_* and TF_* variable that Terraform may see. */
  readonly environment: Readonly<Record<string, string>>;
  /** Simulated objects that exist now, but for those that existed beforehand. */
  objects(): readonly { readonly type: string; readonly id: string }[];
  lockFiles(): readonly string[];
  stop(): Promise<void>;
}
