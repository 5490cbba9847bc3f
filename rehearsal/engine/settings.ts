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
  readonly fail?: Readonly<Record<string, string>> | undefined;
  /** How often each of them happens in one rehearsal; unset: always. */
  readonly failTimes?: number | undefined;
  /** Milliseconds before every create, update and delete takes effect. */
  readonly latencyMs?: number | undefined;
  /** Milliseconds after it, for which the provider waits as it does for AWS: a run that is killed then has lost an object. */
  readonly readyMs?: number | undefined;
  /** Every state lock is held by another client. */
  readonly refuseLock?: boolean | undefined;
}
