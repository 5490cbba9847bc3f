import type { Services } from "./releases/platform-release";
import type { YamlObject } from "./yaml";

/**
 * Values of the platform's charts for services that are off: what depends on them in the profiles of others. Upstream's own are in
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/orch-configs/templates/cluster.tpl
 */
export function serviceValues(services: Services): YamlObject {
  const enabled = {
    ...(services.applicationOrchestration ? {} : off(withoutApplications)),
    ...(services.ui ? {} : off(withoutUi)),
  };
  return {
    ...(Object.keys(enabled).length === 0 ? {} : { enabled }),
    ...(services.ui ? {} : { cors: { enabled: false }, ui: { ingressInfraUi: false } }),
    ...onboardingValues(services),
  };
}

/** Applications that copy credentials of Gitea for application orchestration. */
const withoutApplications = [
  "copy-app-gitea-cred-to-fleet",
  "copy-ca-cert-gitea-to-app",
  "copy-ca-cert-gitea-to-cluster",
  "copy-cluster-gitea-cred-to-fleet",
];

/** Applications that only the user interface needs, but that other profiles enable. */
const withoutUi = ["metadata-broker", "web-ui-infra"];

/** Has edge nodes install no agents of services that are off. */
function onboardingValues({ clusterOrchestration, observability }: Services): YamlObject {
  const values = {
    ...(clusterOrchestration ? {} : { disableCoProfile: true }),
    ...(observability ? {} : { disableO11yProfile: true }),
  };
  return Object.keys(values).length === 0 ? {} : { "infra-onboarding": values };
}

function off(applications: readonly string[]): YamlObject {
  return Object.fromEntries(applications.map((application) => [application, false]));
}
