import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

/** Any object; its other fields are those of its kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
    readonly resourceVersion?: string;
  };
  readonly [field: string]: unknown;
}

/** How an API server is reached. */
export interface Access {
  readonly url: string;
  readonly token: string;
  /** PEM of the authority that issued its certificate. */
  readonly authority: string;
}

/** An answer that was not a success. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What a request may have beside method and path. */
interface Content {
  readonly body?: unknown;
  readonly type?: string;
}

/** Kinds of an API's version, as it lists them. */
interface Kinds {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

const base = ({ apiVersion }: KubernetesObject) =>
  apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

/** A small client of the Kubernetes API; paths are those of https://kubernetes.io/docs/reference/using-api/api-concepts/. */
export class Api {
  private readonly agent: Agent;
  private readonly kinds = new Map<string, Kinds>();

  constructor(readonly access: Access) {
    this.agent = new Agent({ keepAlive: true, ca: access.authority, maxSockets: 16 });
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.call("GET", path);
  }

  /** The objects at a path; none where the API does not know the kind. */
  async list<Item = KubernetesObject>(path: string): Promise<readonly Item[]> {
    const found = await this.unlessMissing(this.get<{ readonly items: readonly Item[] }>(path));
    return found?.items ?? [];
  }

  create<Answer = KubernetesObject>(path: string, body: object): Promise<Answer> {
    return this.call("POST", path, { body });
  }

  /** Merges a part into an object, or into its status where the path ends so. */
  merge(path: string, body: unknown): Promise<KubernetesObject> {
    return this.call("PATCH", path, { body, type: "application/merge-patch+json" });
  }

  async remove(path: string): Promise<void> {
    await this.unlessMissing(this.call("DELETE", path));
  }

  /** Applies an object, in that namespace if it names none; a field that the API does not know is an error. */
  async apply(object: KubernetesObject, namespace = "default"): Promise<KubernetesObject> {
    const path = await this.pathOf(object, namespace);
    const parameters = "fieldManager=test&force=true&fieldValidation=Strict";
    return this.call("PATCH", `${path}?${parameters}`, {
      body: object,
      type: "application/apply-patch+yaml",
    });
  }

  private async pathOf(object: KubernetesObject, otherwise: string): Promise<string> {
    const { name, namespace = otherwise } = object.metadata;
    const known = await this.kindOf(object);
    if (known === undefined) throw new Refused(404, `${base(object)} has no kind "${object.kind}"`);
    const place = known.namespaced ? `/namespaces/${namespace}` : "";
    return `${base(object)}${place}/${known.name}/${name}`;
  }

  close(): void {
    this.agent.destroy();
  }

  private async kindOf(object: KubernetesObject): Promise<Kinds["resources"][number] | undefined> {
    const version = base(object);
    const isIt = ({ kind, name }: Kinds["resources"][number]) => kind === object.kind && !name.includes("/");
    const known = this.kinds.get(version)?.resources.find(isIt);
    if (known !== undefined) return known;
    // A definition that was applied a moment ago is listed soon.
    for (let tries = 0; tries < 50; tries += 1) {
      const listed = await this.unlessMissing(this.get<Kinds>(version));
      if (listed !== undefined) this.kinds.set(version, listed);
      const found = listed?.resources.find(isIt);
      if (found !== undefined) return found;
      await sleep(200);
    }
    return undefined;
  }

  private async unlessMissing<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return undefined;
      throw error;
    }
  }

  private call<Answer>(method: string, path: string, content: Content = {}): Promise<Answer> {
    const { url, token } = this.access;
    const headers = {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      "content-type": content.type ?? "application/json",
    };
    return new Promise((resolve, reject) => {
      const sent = request(
        `${url}${path}`,
        { method, headers, agent: this.agent, timeout: 20_000 },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("error", reject);
          answer.on("end", () => {
            const text = Buffer.concat(parts).toString();
            const status = answer.statusCode ?? 0;
            if (status >= 300) reject(new Refused(status, `${method} ${path}: ${status} ${text}`));
            // The API describes its answers in its OpenAPI document; the caller names the kind.
            else resolve(JSON.parse(text) as Answer);
          });
        },
      );
      sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer within 20 s`)));
      sent.on("error", reject);
      sent.end(content.body === undefined ? undefined : JSON.stringify(content.body));
    });
  }
}
