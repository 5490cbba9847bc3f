import type { V1PersistentVolumeClaim } from "@kubernetes/client-node";
import { type Api, Refused } from "../api";

/** Gives every claim a volume, as the drivers of EBS and EFS do. */
export async function provideVolumes(api: Api): Promise<void> {
  const claims = await api.list<V1PersistentVolumeClaim>("/api/v1/persistentvolumeclaims");
  const waiting = claims.filter(
    ({ metadata, spec, status }) =>
      status?.phase !== "Bound" &&
      metadata?.deletionTimestamp === undefined &&
      spec?.volumeName === undefined,
  );
  await Promise.all(
    waiting.map(async ({ metadata, spec }) => {
      try {
        await api.create("/api/v1/persistentvolumes", {
          apiVersion: "v1",
          kind: "PersistentVolume",
          metadata: { name: `pvc-${metadata?.uid ?? ""}` },
          spec: {
            capacity: spec?.resources?.requests,
            accessModes: spec?.accessModes,
            hostPath: { path: "/nonexistent" },
            storageClassName: spec?.storageClassName ?? "",
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: {
              kind: "PersistentVolumeClaim",
              namespace: metadata?.namespace,
              name: metadata?.name,
              uid: metadata?.uid,
            },
          },
        });
      } catch (error) {
        // The controller has not bound the volume of the round before yet.
        if (!(error instanceof Refused && error.status === 409)) throw error;
      }
    }),
  );
}
