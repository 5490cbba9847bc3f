/** What applications of the platform expect to find, by sort. */
export const kinds = [
  "value-file",
  "hand-over",
  "application",
  "host",
  "role",
  "pod-role",
  "bucket",
  "kms-alias",
  "secret",
  "config-map",
  "service-account",
  "storage-class",
  "namespace",
  "node-label",
  "target-port",
  "certificate",
  "git-user",
] as const;

export type Kind = (typeof kinds)[number];

/** A thing of the account or the cluster, by its sort and name. */
export interface Thing {
  readonly kind: Kind;
  /** Of an object in a namespace: `namespace/name`. */
  readonly name: string;
  /** Its parts, in alphabetical order: keys of a Secret, the role of a service account's pods, the port of a Service's pods. */
  readonly keys?: readonly string[];
}

/** Something that an application of the platform does not create and does not work without. */
export interface Expectation extends Thing {
  readonly application: string;
  readonly wave: number;
  /** Where it is written: a path of the application's values, or the address of a source. */
  readonly source: string;
}

/** Something that exists when Argo CD begins, or that an application of the platform creates. */
export interface Provision extends Thing {
  /** Unset: every part that may be expected, or which is not known before it exists. */
  readonly keys?: readonly string[];
  /** Address of a resource, or name of an application. */
  readonly by: string;
}
