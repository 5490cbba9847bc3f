import type { KubernetesApi } from "../../world/index";
import { ifMissing } from "../steady";
import type { DeclaredRelease } from "./declared";
import type { Finding } from "./finding";
import { helmRecords } from "./helm-records";

/** While Helm works, or when it was killed. */
const unfinished = ["pending-install", "pending-upgrade", "pending-rollback", "uninstalling"] as const;

/**
 * Records of releases that somebody began to change and did not end; Helm refuses to touch such a release. Without the
 * record, the next installation takes over what the killed one has created, because that has the release's name on it.
 */
export async function interruptedReleases(
  api: KubernetesApi,
  releases: readonly DeclaredRelease[],
): Promise<readonly Finding[]> {
  const namespaces = [...new Set(releases.map(({ namespace }) => namespace))];
  const records = await Promise.all(
    namespaces.flatMap((namespace) => unfinished.map((status) => helmRecords(api, namespace, status))),
  );
  return records.flat().flatMap((record) => {
    const { namespace } = record.object.metadata;
    if (!releases.some((one) => one.name === record.release && one.namespace === namespace)) return [];
    const since = `${record.created.toISOString().slice(0, 16).replace("T", " ")} UTC`;
    return [
      {
        ...{ text: `Release ${record.release} is "${record.status}" since ${since}`, effect: "destroyed" },
        cure: (to: KubernetesApi) => ifMissing(to.delete(record.object), undefined),
      } satisfies Finding,
    ];
  });
}
