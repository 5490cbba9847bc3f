import { z } from "zod";
import type { Checked, Surroundings } from "./check";

const named = z.object({ metadata: z.object({ name: z.string() }) });
const container = z.object({ name: z.string() });
const choices = z.record(z.string(), z.string()).default({});
const pod = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: choices,
    annotations: choices,
    deletionTimestamp: z.string().optional(),
  }),
  spec: z.object({
    hostNetwork: z.boolean().default(false),
    containers: z.array(container),
    initContainers: z.array(container).default([]),
  }),
  status: z.object({ phase: z.string().default("") }).prefault({}),
});

const listed = 5;

/**
 * Whether every pod that the mesh should have is in it: one that started before the injector did has no sidecar until it is
 * restarted. https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export async function checkSidecars({ api }: Surroundings): Promise<Checked> {
  const webhooks = await api.list({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
  });
  const isOn = webhooks.some((found) =>
    named.parse(found).metadata.name.startsWith("istio-sidecar-injector"),
  );
  if (!isOn) return { outcome: "not checked", text: "the cluster has no sidecar injector: the mesh is off" };
  const namespaces = await api.list(
    { apiVersion: "v1", kind: "Namespace" },
    { labels: "istio-injection=enabled" },
  );
  const pods = await Promise.all(
    namespaces.map((found) =>
      api.list({ apiVersion: "v1", kind: "Pod" }, { namespace: named.parse(found).metadata.name }),
    ),
  );
  const meshed = pods.flat().flatMap((found) => {
    const parsed = pod.parse(found);
    return isExempt(parsed) ? [] : [parsed];
  });
  const without = meshed.filter(
    ({ spec }) => ![...spec.containers, ...spec.initContainers].some(({ name }) => name === "istio-proxy"),
  );
  if (without.length === 0) return { outcome: "passed", text: `${meshed.length} pods have one` };
  const some = without.slice(0, listed).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  const more = without.length > listed ? ` and ${without.length - listed} more` : "";
  return { outcome: "failed", text: `restart the pods without one: ${some.join(", ")}${more}` };
}

function isExempt({ metadata, spec, status }: z.output<typeof pod>): boolean {
  const inject = "sidecar.istio.io/inject";
  const chosen = metadata.labels[inject] ?? metadata.annotations[inject];
  const isOver = status.phase === "Succeeded" || status.phase === "Failed";
  return isOver || spec.hostNetwork || chosen === "false" || metadata.deletionTimestamp !== undefined;
}
