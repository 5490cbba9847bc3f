import {
  type KubernetesApi,
  KubernetesError,
  type KubernetesServer,
  type ObjectKind,
  type ObjectSelection,
  type ObjectName,
} from "../../scripts/provision/world/index";
import type { FakeAws } from "./fake-aws";
import type { FakeWorld } from "./fake-world";

/* eslint-disable @typescript-eslint/no-explicit-any -- tests reach into objects of any kind, as controllers do */
/** An object of the API. */
export type Manifest = Record<string, any> & {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: Record<string, any> & { readonly name: string; readonly namespace?: string };
};
/* eslint-enable @typescript-eslint/no-explicit-any */

/** A Kubernetes API in memory: stores objects, honours finalizers, and records every request. */
export class FakeCluster {
  readonly objects = new Map<string, Manifest>();
  /** `verb Kind namespace/name`, reads excepted. */
  readonly changes: string[] = [];
  readonly servers: KubernetesServer[] = [];
  /** Tokens that requests had, in their order. */
  readonly tokens: string[] = [];
  /** What every request is answered with, as long as it is set. */
  failure: KubernetesError | undefined;
  /** Kinds that the server does not have. */
  readonly unknownKinds = new Set<string>();
  /** Is called before each request, e.g. to play the controllers; what it throws is the answer. */
  before: (request: string) => void = () => undefined;

  constructor(world: FakeWorld, aws: FakeAws) {
    aws.answers.set("eks get-token", token(world, "secret-token-1"));
    Object.assign(world.kubernetes, {
      connect: (server: KubernetesServer) => {
        this.servers.push(server);
        return this.api(server);
      },
    });
  }

  add(...manifests: Manifest[]): this {
    for (const manifest of manifests) this.objects.set(keyOf(manifest), manifest);
    return this;
  }

  get(kind: string, name: string): Manifest | undefined {
    return [...this.objects.values()].find((found) => found.kind === kind && found.metadata.name === name);
  }

  remove(manifest: Manifest): void {
    this.objects.delete(keyOf(manifest));
  }

  private api(server: KubernetesServer): KubernetesApi {
    const request = async <Result>(text: string, act: () => Result): Promise<Result> => {
      this.tokens.push(await server.token());
      if (this.failure !== undefined) throw this.failure;
      this.before(text);
      const kind = text.split(" ")[1] ?? "";
      if (this.unknownKinds.has(kind)) throw new KubernetesError(`the server has no ${kind}`, 404);
      if (!/^(list|read) /.test(text)) this.changes.push(text);
      return act();
    };
    return {
      list: (kind, within = {}) => request(`list ${kind.kind}`, () => this.list(kind, within)),
      read: (name) => request(title("read", name), () => structuredClone(this.existing(name))),
      create: (object) =>
        request(title("create", object), () => {
          if (this.objects.has(keyOf(object))) throw new KubernetesError("already exists", 409);
          this.add(structuredClone(object));
        }),
      patch: (name, change) =>
        request(title("patch", name), () => {
          const existing = this.existing(name);
          merge(existing, structuredClone(change));
          this.settle(existing);
        }),
      delete: (name) =>
        request(title("delete", name), () => {
          const existing = this.existing(name);
          existing.metadata = { ...existing.metadata, ...deleting };
          this.settle(existing);
        }),
    };
  }

  /** What is being deleted and has no finalizer any more is gone. */
  settle(manifest: Manifest): void {
    const { deletionTimestamp, finalizers = [] } = manifest.metadata;
    if (deletionTimestamp !== undefined && finalizers.length === 0) this.remove(manifest);
  }

  private list({ kind }: ObjectKind, within: ObjectSelection): Manifest[] {
    const { namespace, labels = "" } = within;
    const wanted = labels.split(",").filter(Boolean);
    return [...this.objects.values()]
      .filter((found) => found.kind === kind)
      .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
      .filter(({ metadata }) => {
        const own = metadata["labels"] ?? {};
        return wanted.every((label) => own[label.split("=")[0] ?? ""] === label.split("=")[1]);
      })
      .map((found) => structuredClone(found));
  }

  private existing(name: ObjectName): Manifest {
    const found = this.objects.get(keyOf(name));
    if (found === undefined) throw new KubernetesError(`${name.kind} "${name.metadata.name}" not found`, 404);
    return found;
  }
}

const deleting = { deletionTimestamp: "2026-01-01T10:00:00Z" };

/** A credential as the AWS CLI prints it. */
export function token(world: FakeWorld, text: string, validSeconds = 840): object {
  const until = new Date(world.clock.now().getTime() + validSeconds * 1000);
  return {
    kind: "ExecCredential",
    apiVersion: "client.authentication.k8s.io/v1beta1",
    spec: {},
    status: { expirationTimestamp: until.toISOString().replace(".000", ""), token: text },
  };
}

function keyOf({ kind, metadata }: ObjectName): string {
  return `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;
}

function title(verb: string, name: ObjectName): string {
  return `${verb} ${keyOf(name)}`;
}

/** RFC 7386. */
function merge(into: Record<string, unknown>, change: object): void {
  for (const [name, value] of Object.entries(change)) {
    const both = typeof value === "object" && value !== null && !Array.isArray(value);
    if (value === null) Reflect.deleteProperty(into, name);
    else if (both) merge((into[name] ??= {}) as Record<string, unknown>, value as object);
    else into[name] = value;
  }
}
