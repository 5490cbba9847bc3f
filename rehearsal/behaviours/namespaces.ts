import type { Context } from "../engine/behaviour";
import { textOf } from "../engine/read-value";

/** Namespaces that every cluster has. */
const standing = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

/** Refuses objects in a namespace that does not exist, with the API server's error message. */
export function missingNamespace(namespace: unknown, { cloud }: Context): string | undefined {
  const name = textOf(namespace);
  if (name === undefined || name === "" || standing.has(name)) return undefined;
  const created = ["kubernetes_namespace", "kubernetes_namespace_v1"].some((type) => cloud.get(type, name));
  const byManifest = () => cloud.get("kubernetes_manifest", `apiVersion=v1,kind=Namespace,name=${name}`);
  const byRelease = () =>
    cloud
      .list("helm_release")
      .some(({ attributes }) => attributes.create_namespace === true && attributes.namespace === name);
  return created || byManifest() || byRelease() ? undefined : `namespaces "${name}" not found`;
}
