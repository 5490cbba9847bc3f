/** Settings that every simulated provider of one rehearsal receives. */
export interface Settings {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly faults: Faults;
  readonly keepWriteOnly?: boolean;
}

/** Failures to rehearse. */
export interface Faults {
  /** Creates and updates that fail, by resource type or by "type=name" (its name, id or Name tag), with the service's error message. */
  readonly fail?: Readonly<Record<string, string>>;
  /** Milliseconds that every create, update and delete takes longer. */
  readonly latencyMs?: number;
  /** Every state lock is held by another client. */
  readonly refuseLock?: boolean;
}
