import { gunzipSync } from "node:zlib";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import type { KubernetesApi, ObjectName } from "../../world/index";

/** How Helm keeps a release, in a Secret: https://github.com/helm/helm/blob/v3.18.5/pkg/storage/driver/secrets.go */
const secret = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    creationTimestamp: z.string().default(""),
    labels: z.object({ name: z.string(), version: z.coerce.number(), status: z.string() }),
  }),
  data: z.object({ release: z.string() }),
});
const content = z.object({ manifest: z.string() });
const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** An object as a chart rendered it. */
export type Rendered = z.output<typeof manifest> & ObjectName;

/** What Helm has recorded of one version of a release. */
export interface HelmRecord {
  readonly release: string;
  readonly status: string;
  readonly created: Date;
  /** The Secret. */
  readonly object: ObjectName;
  /** What was installed, hooks excepted. */
  rendered(): readonly Rendered[];
}

/** The records of a namespace with that status, each release's newest. */
export async function helmRecords(
  api: KubernetesApi,
  namespace: string,
  status: string,
): Promise<readonly HelmRecord[]> {
  const found = await api.list(
    { apiVersion: "v1", kind: "Secret" },
    { namespace, labels: `owner=helm,status=${status}` },
  );
  const newest = new Map<string, z.output<typeof secret>>();
  for (const one of found.map((object) => secret.parse(object))) {
    const { name, version } = one.metadata.labels;
    if (version >= (newest.get(name)?.metadata.labels.version ?? 0)) newest.set(name, one);
  }
  return [...newest.values()].map(recordOf);
}

function recordOf({ metadata, data }: z.output<typeof secret>): HelmRecord {
  const { name, namespace, labels, creationTimestamp } = metadata;
  return {
    release: labels.name,
    status: labels.status,
    created: new Date(creationTimestamp),
    object: { apiVersion: "v1", kind: "Secret", metadata: { name, namespace } },
    rendered: () => renderedIn(data.release, namespace),
  };
}

/** Base64 of the Secret, base64 of Helm, gzip, JSON with the manifests. */
function renderedIn(release: string, namespace: string): readonly Rendered[] {
  const helm = Buffer.from(Buffer.from(release, "base64").toString("latin1"), "base64");
  const record = content.parse(JSON.parse(gunzipSync(helm).toString("utf8")));
  return parseAllDocuments(record.manifest).flatMap((document) => {
    const parsed = manifest.safeParse(document.toJS());
    if (!parsed.success) return [];
    const { metadata } = parsed.data;
    // The API ignores it for a kind without namespaces.
    return [{ ...parsed.data, metadata: { ...metadata, namespace: metadata.namespace ?? namespace } }];
  });
}
