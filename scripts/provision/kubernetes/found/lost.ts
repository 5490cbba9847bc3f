import type { KubernetesApi } from "../../world/index";
import { ifMissing } from "../steady";
import type { DeclaredObject, DeclaredRelease } from "./declared";
import { type Finding, objectAt, titleOf } from "./finding";
import { type HelmRecord, helmRecords, type Rendered } from "./helm-records";

/** They end, and may be deleted when they have. */
const passing: readonly string[] = ["Job", "Pod"];

/** What releases have installed and somebody has deleted or scaled since; the Helm provider compares neither. */
export async function lostObjects(
  api: KubernetesApi,
  releases: readonly DeclaredRelease[],
): Promise<readonly Finding[]> {
  const namespaces = [...new Set(releases.map(({ namespace }) => namespace))];
  const records = await Promise.all(namespaces.map((namespace) => helmRecords(api, namespace, "deployed")));
  const findings = records.flat().flatMap((record) => {
    const { namespace } = record.object.metadata;
    const isOurs = releases.some((one) => one.name === record.release && one.namespace === namespace);
    if (!isOurs) return [];
    const lasting = record.rendered().filter(({ kind }) => !passing.includes(kind));
    return lasting.map((rendered) => lossOf(api, record, rendered));
  });
  return (await Promise.all(findings)).flatMap((finding) => finding ?? []);
}

async function lossOf(
  api: KubernetesApi,
  record: HelmRecord,
  rendered: Rendered,
): Promise<Finding | undefined> {
  const title = `${titleOf(rendered)} of release ${record.release}`;
  const live = await ifMissing(api.read(nameOf(rendered)), undefined);
  if (live === undefined)
    return {
      ...{ text: `${title} was deleted`, effect: "added" },
      cure: (to) => to.create(withOwner(rendered, record)),
    };
  const [wanted, found] = [rendered, live].map((object) => objectAt(object, "spec", "replicas"));
  if (typeof wanted !== "number" || wanted === found) return undefined;
  return {
    ...{ text: `${title} has ${String(found)} replicas instead of ${wanted}`, effect: "changed" },
    cure: (to) => to.patch(nameOf(rendered), { spec: { replicas: wanted } }),
  };
}

function nameOf({ apiVersion, kind, metadata: { name, namespace } }: Rendered) {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}

/** By these, Helm knows what is its own: https://github.com/helm/helm/blob/v3.18.5/pkg/action/validate.go */
function withOwner(rendered: Rendered, { release, object }: HelmRecord): Rendered {
  const { metadata } = rendered;
  const given = (member: string) => ({ ...(objectAt(metadata, member) ?? {}) });
  const owner = {
    "meta.helm.sh/release-name": release,
    "meta.helm.sh/release-namespace": object.metadata.namespace,
  };
  return {
    ...rendered,
    metadata: {
      ...metadata,
      labels: { ...given("labels"), "app.kubernetes.io/managed-by": "Helm" },
      annotations: { ...given("annotations"), ...owner },
    },
  };
}

const mark = "storageclass.kubernetes.io/is-default-class";
const classes = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" } as const;

/** Storage classes that are the default beside the layer's: of several, the newest is used, whichever that is. */
export async function otherDefaults(
  api: KubernetesApi,
  objects: readonly DeclaredObject[],
): Promise<readonly Finding[]> {
  const own = objects.filter(
    ({ object, annotations }) => object.kind === classes.kind && mark in annotations,
  );
  if (own.length === 0) return [];
  const marked = (await api.list(classes)).filter(
    (found) => objectAt(found, "metadata", "annotations", mark) === "true",
  );
  const names = marked.map((found) => String(objectAt(found, "metadata", "name")));
  return names
    .filter((name) => own.every(({ object }) => object.metadata.name !== name))
    .map((name) => ({
      ...{ text: `StorageClass ${name} is marked as default as well`, effect: "changed" },
      cure: (to) =>
        to.patch({ ...classes, metadata: { name } }, { metadata: { annotations: { [mark]: "false" } } }),
    }));
}
