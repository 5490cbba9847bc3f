import { inCluster } from "../application-project";
import { syncPolicy } from "../sync-policy";
import type { YamlObject } from "../yaml";
import { addressOf, type ThirdPartyApplication, type ThirdPartyApplications } from "./application";
import { projectNameOf } from "./projects";

/** A wave after all of the platform's, which are below 10,000: test/modules/argocd-applications.test.ts */
export const firstWave = 10_000;

/** Values of the chart argocd-apps that render the Applications. */
export function thirdPartyApplicationsValues({
  environment,
  applications,
  autoSync,
}: ThirdPartyApplications & { readonly autoSync: boolean }): YamlObject {
  const rendered = applications.map((application) => [
    application.name,
    {
      namespace: environment,
      additionalAnnotations: { "argocd.argoproj.io/sync-wave": String(firstWave + application.wave) },
      finalizers: ["resources-finalizer.argocd.argoproj.io"],
      project: projectNameOf(environment, application.name),
      source: sourceOf(application),
      destination: { namespace: application.namespace, server: inCluster },
      syncPolicy: syncPolicy({ autoSync }),
    },
  ]);
  return { applications: Object.fromEntries(rendered) as YamlObject };
}

function sourceOf({ repository, revision, path, chart, values }: ThirdPartyApplication): YamlObject {
  return {
    repoURL: addressOf(repository),
    targetRevision: revision,
    ...(path === undefined ? {} : { path }),
    ...(chart === undefined ? {} : { chart }),
    // With it, Argo CD takes any folder for a chart.
    ...(Object.keys(values).length === 0 ? {} : { helm: { valuesObject: values } }),
  };
}
