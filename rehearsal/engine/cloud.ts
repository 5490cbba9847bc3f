/** One object that exists in the simulated cloud. */
export interface CloudObject {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  /** Write-only arguments, when the rehearsal keeps that. */
  readonly writeOnly?: Readonly<Record<string, unknown>>;
  /** The names in write-only arguments that are JSON objects, which are no secrets. */
  readonly writeOnlyNames?: Readonly<Record<string, readonly string[]>>;
  /** "type id" of the object that the service created this one alongside of. */
  readonly owner?: string;
  /** What the service puts in the place of this object after its deletion. */
  readonly successor?: CloudObject;
  /** Existed before the rehearsal; no layer created it. */
  readonly seed?: boolean;
}

/** What exists, for one provider. Several provider processes use it at once. */
export interface Cloud {
  get(type: string, id: string): CloudObject | undefined;
  put(object: CloudObject): void;
  /** Creates the object unless its id is taken; says whether it did. */
  claim(object: CloudObject): boolean;
  remove(type: string, id: string): void;
  list(type: string): readonly CloudObject[];
  all(): readonly CloudObject[];
  /** Keys stored in a simulated bucket (Terraform states, lock files). */
  keysIn(bucket: string): readonly string[];
  /** Empties a simulated bucket, as `force_destroy` does. */
  empty(bucket: string): void;
}
