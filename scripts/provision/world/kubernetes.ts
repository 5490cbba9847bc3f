import { createRequire } from "node:module";
import {
  type Kubernetes,
  type KubernetesApi,
  KubernetesError,
  type KubernetesObject,
  type KubernetesServer,
} from "./cluster";

/** Takes 0.4 s to load: only commands that talk to a cluster load it. */
const load = createRequire(__filename);

/** A tunnel that broke leaves connections that nobody answers. */
const requestSeconds = 20;

/** The official client for JavaScript. */
export const kubernetes: Kubernetes = { connect: (server) => new Connection(server) };

/** What the client exports, as far as it is used here: the compiler would need seconds for its own types. */
interface Client {
  readonly KubeConfig: new () => KubeConfig;
  readonly KubernetesObjectApi: new (configuration: never) => ObjectApi;
  readonly PatchStrategy: { readonly MergePatch: string };
}

interface KubeConfig {
  loadFromClusterAndUser(cluster: object, user: object): void;
  makeApiClient(api: Client["KubernetesObjectApi"]): ObjectApi;
  applySecurityAuthentication(context: Context): Promise<void>;
}

interface Context {
  setSignal(signal: AbortSignal): void;
}

/** Finds out by itself whether a kind has namespaces, and its name in URLs. */
interface ObjectApi {
  list(
    ...of: readonly [apiVersion: string, kind: string, namespace: string | undefined, ...unknown[]]
  ): Promise<{ readonly items: readonly object[] }>;
  read(name: object): Promise<object>;
  create(object: object): Promise<object>;
  patch(change: object, ...options: readonly unknown[]): Promise<object>;
  delete(name: object): Promise<object>;
}

class Connection implements KubernetesApi {
  private objects: { readonly token: string; readonly api: ObjectApi } | undefined;

  constructor(private readonly server: KubernetesServer) {}

  readonly list: KubernetesApi["list"] = async ({ apiVersion, kind }, within = {}) => {
    const { namespace, labels, fields } = within;
    const unused = [undefined, undefined, undefined];
    const { items } = await this.request((api) =>
      api.list(apiVersion, kind, namespace, ...unused, fields, labels),
    );
    return items.map(asJson);
  };

  readonly read: KubernetesApi["read"] = async (name) =>
    asJson(await this.request((api) => api.read(copyOf(name))));

  readonly create: KubernetesApi["create"] = async (object) => {
    await this.request((api) => api.create(copyOf(object)));
  };

  readonly patch: KubernetesApi["patch"] = async (name, change) => {
    const metadata = { ...(change["metadata"] ?? {}), ...name.metadata };
    const merged = copyOf({ ...change, ...name, metadata });
    const unused = [undefined, undefined, undefined, undefined];
    await this.request((api, { PatchStrategy }) => api.patch(merged, ...unused, PatchStrategy.MergePatch));
  };

  readonly delete: KubernetesApi["delete"] = async (name) => {
    await this.request((api) => api.delete(copyOf(name)));
  };

  private async request<Result>(act: (api: ObjectApi, client: Client) => Promise<Result>): Promise<Result> {
    // Outside of what follows: whoever provides the token explains why there is none.
    const token = await this.server.token();
    // The package has no other exports than these, whose members are checked by tests with the real API.
    const client = load("@kubernetes/client-node") as Client;
    // What the client has learned of kinds is kept until the next token, which is minutes.
    if (this.objects?.token !== token) this.objects = { token, api: open(client, this.server, token) };
    try {
      return await act(this.objects.api, client);
    } catch (error) {
      throw failureOf(error);
    }
  }
}

function open(
  { KubeConfig, KubernetesObjectApi }: Client,
  { url, serverName, authority }: KubernetesServer,
  token: string,
): ObjectApi {
  const config = new KubeConfig();
  const caData = Buffer.from(authority).toString("base64");
  const cluster = { name: "cluster", server: url, tlsServerName: serverName, caData, skipTLSVerify: false };
  config.loadFromClusterAndUser(cluster, { name: "user", token });
  // The one place where the client lets us see a request before it is sent.
  const authenticate = config.applySecurityAuthentication.bind(config);
  config.applySecurityAuthentication = async (context) => {
    await authenticate(context);
    context.setSignal(AbortSignal.timeout(requestSeconds * 1000));
  };
  return config.makeApiClient(KubernetesObjectApi);
}

/** As it was sent, without the classes and dates that the client makes of it. */
function asJson(object: object): KubernetesObject {
  return JSON.parse(JSON.stringify(object)) as KubernetesObject;
}

/** The client completes what it is given. */
function copyOf(object: object): object {
  return structuredClone(object);
}

function failureOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // Its own words for a kind that the server does not have.
  if (error.message.startsWith("Unrecognized API version and kind"))
    return new KubernetesError(error.message, 404);
  if ("code" in error && typeof error.code === "number" && "body" in error)
    return new KubernetesError(messageIn(error.body) ?? `HTTP status ${error.code}`, error.code);
  const isNetwork = error.name === "FetchError" || error.name === "AbortError";
  if (isNetwork)
    return new KubernetesError(
      error.name === "AbortError" ? `no answer within ${requestSeconds} s` : error.message,
    );
  return error;
}

/** What the server says in a Status: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
function messageIn(body: unknown): string | undefined {
  const status: unknown = typeof body === "string" ? parsed(body) : body;
  if (typeof status !== "object" || status === null || !("message" in status)) return undefined;
  return typeof status.message === "string" ? status.message : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
