import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { V1ConfigMap } from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import { tools } from "../../tools";
import type { Api, KubernetesObject } from "../api";

/** Settings of Argo CD, as values of its chart name them. */
export interface Settings {
  /** Of its ConfigMap argocd-cm. */
  readonly cm: Readonly<Record<string, string>>;
  /** Of its ConfigMap argocd-cmd-params-cm. */
  readonly params: Readonly<Record<string, string>>;
}

/** Parts that the product's values switch off, and the one that makes Applications of ApplicationSets. */
const unused = /dex|notifications|applicationset-controller/;

/** Of Redis: an init container of it makes the Secret. */
export const redisPassword = "redis-password";
export const redisSecret = {
  ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "argocd-redis" } },
  stringData: { auth: redisPassword },
};

/** The objects of Argo CD's own release: its kinds, roles, accounts and workloads. */
export function releasedObjects(): readonly KubernetesObject[] {
  const text = readFileSync(join(tools.argocd ?? "", "install.yaml"), "utf8");
  // The release's own file holds Kubernetes objects.
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
  return objects.filter(({ kind, metadata }) => kind !== "Deployment" || !unused.test(metadata.name));
}

/** Installs the objects of Argo CD's own release, with settings of ours. */
export async function installArgocd(api: Api, { cm, params }: Settings): Promise<void> {
  await api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "argocd" } });
  for (const object of releasedObjects()) await api.apply(object, "argocd");
  await api.merge("/api/v1/namespaces/argocd/configmaps/argocd-cm", { data: cm });
  await api.merge("/api/v1/namespaces/argocd/configmaps/argocd-cmd-params-cm", { data: params });
  await api.apply(redisSecret, "argocd");
  // Its server makes the key at its first start.
  const stringData = { "server.secretkey": "0123456789abcdef0123456789abcdef" };
  await api.merge("/api/v1/namespaces/argocd/secrets/argocd-secret", { stringData });
}

/** A workload, as far as its environment is concerned. */
interface Workload {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}
interface Container {
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly configMapKeyRef?: { readonly name: string; readonly key: string } };
  }[];
}

/** Environment variables of a workload of Argo CD, with what they take from its ConfigMaps. */
export async function variablesOf(api: Api, workload: string): Promise<Readonly<Record<string, string>>> {
  const { spec } = await api.get<Workload>(`/apis/apps/v1/namespaces/argocd/${workload}`);
  const maps = await api.list<V1ConfigMap>("/api/v1/namespaces/argocd/configmaps");
  const data = new Map(maps.map(({ metadata, data = {} }) => [metadata?.name, data]));
  const entries = (spec.template.spec.containers[0]?.env ?? []).flatMap(({ name, value, valueFrom }) => {
    const from = valueFrom?.configMapKeyRef;
    const found = from === undefined ? value : data.get(from.name)?.[from.key];
    return found === undefined ? [] : [[name, found]];
  });
  // Built of pairs of strings.
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}
