import { z } from "zod";
import type { KubernetesApi, KubernetesObject, ObjectName } from "../world/index";
import { ifMissing } from "./steady";

/** A resource that an Application deploys, or that one of its hooks is. */
const resource = z.object({
  group: z.string().default(""),
  version: z.string().default("v1"),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

/** https://github.com/argoproj/argo-cd/blob/v3.2.6/pkg/apis/application/v1alpha1/types.go, as far as it is read here. */
const application = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
    finalizers: z.array(z.string()).default([]),
    resourceVersion: z.string().optional(),
    deletionTimestamp: z.string().optional(),
  }),
  spec: z.object({ syncPolicy: z.object({ automated: z.unknown() }).partial().nullish() }).prefault({}),
  operation: z.unknown().optional(),
  status: z
    .object({
      sync: z.object({ status: z.string().default("") }).prefault({}),
      health: z.object({ status: z.string().default(""), message: z.string().default("") }).prefault({}),
      conditions: z.array(z.object({ type: z.string(), message: z.string().default("") })).default([]),
      operationState: z
        .object({
          phase: z.string().default(""),
          message: z.string().default(""),
          retryCount: z.number().default(0),
          syncResult: z
            .object({
              resources: z
                .array(
                  resource.extend({
                    status: z.string().default(""),
                    hookPhase: z.string().default(""),
                    hookType: z.string().default(""),
                    message: z.string().default(""),
                  }),
                )
                .nullish(),
            })
            .nullish(),
        })
        .optional(),
      resources: z
        .array(resource.extend({ syncWave: z.number().default(0), status: z.string().default("") }))
        .nullish()
        .transform((found) => found ?? []),
    })
    .prefault({}),
});

/** An Application of Argo CD. */
export type Application = z.output<typeof application>;

const applications = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" } as const;

/** The Applications in a namespace; none where Argo CD's kinds do not exist. */
export async function listApplications(
  api: KubernetesApi,
  namespace: string,
): Promise<readonly Application[]> {
  const found = await ifMissing<readonly KubernetesObject[], readonly KubernetesObject[]>(
    api.list(applications, { namespace }),
    [],
  );
  return found.map((object) => application.parse(object));
}

/** The name by which the API knows an Application. */
export function applicationName(namespace: string, name: string): ObjectName {
  return { ...applications, metadata: { name, namespace } };
}
