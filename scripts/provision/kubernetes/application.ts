import { z } from "zod";
import type { KubernetesApi, KubernetesObject, ObjectName } from "../world/index";
import { ifMissing } from "./steady";

/** A resource that an Application deploys, or that one of its hooks is. */
const resource = z.object({
  group: z.string().default(""),
  version: z.string().default("v1"),
  kind: z.string().default(""),
  namespace: z.string().optional(),
  // Empty where Kubernetes chooses the name (generateName).
  name: z.string().default(""),
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
  spec: z.object({ syncPolicy: z.object({ automated: z.unknown() }).partial().optional() }).prefault({}),
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
                .default([]),
            })
            .optional(),
        })
        .optional(),
      resources: z
        .array(resource.extend({ syncWave: z.number().default(0), status: z.string().default("") }))
        .default([]),
    })
    .prefault({}),
});

/** An Application of Argo CD. */
export type Application = z.output<typeof application>;

const applications = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" } as const;

/** The condition of one that cannot be read. */
export const unreadableError = "UnreadableError";

/** The Applications in a namespace; none where Argo CD's kinds do not exist. */
export async function listApplications(
  api: KubernetesApi,
  namespace: string,
): Promise<readonly Application[]> {
  const found = await ifMissing<readonly KubernetesObject[], readonly KubernetesObject[]>(
    api.list(applications, { namespace }),
    [],
  );
  return found.map(applicationOf);
}

/**
 * One that is not as its type says, e.g. of a later Argo CD, has its own metadata, which the API itself checks, and an error of
 * ours instead of its status: it is not done, and hides no other.
 */
function applicationOf(object: KubernetesObject): Application {
  const parsed = application.safeParse(object);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const message = `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
  const status = { conditions: [{ type: unreadableError, message }] };
  const known = application.safeParse({ ...object, status });
  return known.data ?? application.parse({ metadata: object["metadata"], status });
}

/** The name by which the API knows an Application. */
export function applicationName(namespace: string, name: string): ObjectName {
  return { ...applications, metadata: { name, namespace } };
}
