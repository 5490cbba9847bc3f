import { z } from "zod";
import type { YamlObject, YamlValue } from "../yaml";
import { firstWave } from "./values";

const Application = z.object({
  additionalAnnotations: z.record(z.string(), z.string()),
  project: z.string(),
  destination: z.object({ namespace: z.string() }),
  source: z.object({
    repoURL: z.string(),
    targetRevision: z.string(),
    path: z.string().optional(),
    chart: z.string().optional(),
    helm: z.object({ valuesObject: z.custom<YamlObject>() }).optional(),
  }),
});
const source = z.object({
  chart: z.literal("argocd-apps"),
  helm: z.object({ valuesObject: z.object({ applications: z.record(z.string(), Application) }) }),
});
const Root = z.object({
  applications: z.object({ "root-app": z.object({ sources: z.array(z.unknown()) }) }),
});
const Projects = z.object({
  projects: z.record(
    z.string(),
    z.object({ clusterResourceWhitelist: z.array(z.record(z.string(), z.string())).default([]) }),
  ),
});

/** The applications beside those of the platform that values of Helm releases hand over to Argo CD, by name. */
export function thirdPartyHandedOver(releases: readonly YamlValue[]) {
  const projects = Object.assign(
    {},
    ...releases.map((values) => Projects.safeParse(values).data?.projects ?? {}),
  ) as z.output<typeof Projects>["projects"];
  const sources = releases.flatMap(
    (values) => Root.safeParse(values).data?.applications["root-app"].sources ?? [],
  );
  const applications = sources.flatMap((one) =>
    Object.entries(source.safeParse(one).data?.helm.valuesObject.applications ?? {}),
  );
  return applications
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { source: from, destination, project, additionalAnnotations }]) => ({
      name,
      repository: from.repoURL,
      revision: from.targetRevision,
      path: from.path ?? null,
      chart: from.chart ?? null,
      namespace: destination.namespace,
      wave: Number(additionalAnnotations["argocd.argoproj.io/sync-wave"]) - firstWave,
      values: from.helm?.valuesObject ?? {},
      clusterResources: projects[project]?.clusterResourceWhitelist ?? [],
    }));
}
