import { projectSpec } from "./application-project";
import type { ThirdPartyApplications } from "./third-party/application";
import { thirdPartyProjects } from "./third-party/projects";
import type { YamlObject } from "./yaml";

/** Specs of the projects of all applications, by their names: one for the platform, and one for each other application. */
export function projectSpecs({
  environment,
  applications,
}: ThirdPartyApplications): Readonly<Record<string, YamlObject>> {
  return { [environment]: projectSpec(environment), ...thirdPartyProjects({ environment, applications }) };
}

/** Values of the chart argocd-apps: the projects. */
export function projectValues(given: ThirdPartyApplications): YamlObject {
  const specs = projectSpecs(given);
  const projects = Object.entries(specs).map(([name, spec]) => [
    name,
    {
      namespace: "argocd",
      // Without its project, Argo CD deletes no Application. It goes with the namespace, after Argo CD.
      additionalAnnotations: { "helm.sh/resource-policy": "keep" },
      ...spec,
    },
  ]);
  return { projects: Object.fromEntries(projects) as YamlObject };
}
