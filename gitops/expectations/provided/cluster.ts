import { z } from "zod";
import type { SynthesisedJson } from "../../../synthesis/environment";
import type { Resource } from "../../../synthesis/resource";
import type { Kind, Provision } from "../expectation";

/** Types of Terraform resources for objects of Kubernetes, by their sort. */
const types: readonly (readonly [Kind, string])[] = [
  ["namespace", "kubernetes_namespace_v1"],
  ["storage-class", "kubernetes_storage_class_v1"],
  ["service-account", "kubernetes_service_account_v1"],
  ["secret", "kubernetes_secret_v1"],
  ["config-map", "kubernetes_config_map_v1"],
];

/** Namespaces that every cluster has: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
const initialNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

const data = z.record(z.string(), z.unknown());

/** What the layers create in the cluster before Argo CD begins. */
export function providedInCluster(synthesised: SynthesisedJson): readonly Provision[] {
  const objects = types.flatMap(([kind, type]) =>
    synthesised.of(type).flatMap((object) => objectOf(kind, object)),
  );
  const initial = initialNamespaces.map((name) => ({ kind: "namespace", name, by: "Kubernetes" }) as const);
  return [...objects, ...initial];
}

function objectOf(kind: Kind, object: Resource): readonly Provision[] {
  const [name] = object.texts("metadata.name");
  if (name === undefined) return [];
  const [namespace] = object.texts("metadata.namespace");
  const by = object.address;
  const placed = namespace === undefined ? name : `${namespace}/${name}`;
  const keys = keysOf(object);
  return [keys === undefined ? { kind, name: placed, by } : { kind, name: placed, by, keys }];
}

/** The keys of a Secret or ConfigMap; undefined: it has none, or an expression of Terraform gives them. */
function keysOf(object: Resource): readonly string[] | undefined {
  const maps = ["data", "data_wo", "binary_data", "binary_data_wo"].flatMap((path) => object.values(path));
  if (maps.length === 0) return undefined;
  const parsed = maps.map((map) => data.safeParse(map).data);
  if (parsed.includes(undefined)) return undefined;
  return parsed.flatMap((map) => Object.keys(map ?? {})).sort();
}
