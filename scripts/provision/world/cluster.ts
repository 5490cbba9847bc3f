/** Servers that speak the Kubernetes API. */
export interface Kubernetes {
  /** Remembers the server; nothing is sent before the first request. */
  connect(server: KubernetesServer): KubernetesApi;
}

/** Where a Kubernetes API is, and as whom to ask it. */
export interface KubernetesServer {
  /** `https://<host>`; through a tunnel, that of this machine. */
  readonly url: string;
  /** The name that its certificate must have, however it is reached. */
  readonly serverName: string;
  /** Authority of its certificate, in PEM. */
  readonly authority: string;
  /** A token that is valid now; asked for before each request. */
  token(): Promise<string>;
}

/** Requests; each rejects with a `KubernetesError`, and with what `token` throws. */
export interface KubernetesApi {
  list(kind: ObjectKind, within?: ObjectSelection): Promise<readonly KubernetesObject[]>;
  read(name: ObjectName): Promise<KubernetesObject>;
  create(object: ObjectName & Readonly<Record<string, unknown>>): Promise<void>;
  /** A JSON merge patch, in which null removes. */
  patch(name: ObjectName, change: Readonly<Record<string, unknown>>): Promise<void>;
  /** Returns when the deletion has begun, not when it has ended. */
  delete(name: ObjectName): Promise<void>;
}

/** A kind of objects, e.g. `apps/v1` and `Deployment`. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Which objects of a kind. */
export interface ObjectSelection {
  /** Unset: all namespaces. */
  readonly namespace?: string;
  /** A label selector, e.g. `app=vault`. */
  readonly labels?: string;
  /** A field selector, e.g. `type=Warning`. */
  readonly fields?: string;
}

/** Which object; a namespace where its kind has them. */
export interface ObjectName extends ObjectKind {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object as the API returns it in JSON; its readers check what they read. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

/** Why a request failed. */
export class KubernetesError extends Error {
  override readonly name = "KubernetesError";

  /** @param status HTTP status of the answer, e.g. 404 also for a kind that the server does not have; unset: no answer */
  constructor(
    message: string,
    readonly status?: number,
  ) {
    super(message);
  }
}
