import { inCluster } from "../application-project";
import type { YamlObject } from "../yaml";
import { addressOf, type ThirdPartyApplication, type ThirdPartyApplications } from "./application";

/** Name of an application's project; no environment's name, which the platform's project has, contains a dot. */
export function projectNameOf(environment: string, application: string): string {
  return `${environment}.${application}`;
}

/**
 * Specs of the projects by their names: one for each application, so that none can use a repository or a namespace that
 * it does not name.
 */
export function thirdPartyProjects({
  environment,
  applications,
}: ThirdPartyApplications): Readonly<Record<string, YamlObject>> {
  return Object.fromEntries(
    applications.map(({ name, repository, namespace, clusterResources }) => [
      projectNameOf(environment, name),
      {
        description: `The application ${name}, which is none of the platform`,
        sourceNamespaces: [environment],
        sourceRepos: [addressOf(repository)],
        destinations: [{ namespace, server: inCluster }],
        // Without one, an application has no such kinds: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
        ...(clusterResources.length === 0 ? {} : { clusterResourceWhitelist: clusterResources.map(copyOf) }),
      },
    ]),
  );
}

const copyOf = ({ group, kind }: ThirdPartyApplication["clusterResources"][number]) => ({ group, kind });
