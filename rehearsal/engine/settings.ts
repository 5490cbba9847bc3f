/** What every simulated provider of one rehearsal is told. */
export interface Settings {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly faults: Faults;
  readonly keepWriteOnly?: boolean;
}

/** Mishaps to rehearse. */
export interface Faults {
  /** Creates and updates that fail, by resource type or by "type=name" (its name, id or Name tag), with the service's words. */
  readonly fail?: Readonly<Record<string, string>>;
  /** Milliseconds that every create, update and delete takes longer. */
  readonly latencyMs?: number;
  /** Somebody else holds every state lock. */
  readonly refuseLock?: boolean;
}
