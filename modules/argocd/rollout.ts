import { projectSpecs } from "../../gitops/project-values";
import { type ReleaseName, releases } from "../../gitops/releases";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Rollout } from "../../lib/layer/rollout";
import { thirdPartyApplications } from "./applications/given";
import type { Settings } from "./settings";

/** What other layers say of the way to the platform. */
export interface PlatformEntrance {
  readonly release: ReleaseName;
  /** Whether the load balancers are. */
  readonly internal: boolean;
  readonly targetGroupArns: () => Promise<Readonly<Record<string, string>>>;
}

/** The platform's applications, and how they are reached when all are healthy. */
export function platformRollout(
  environment: Environment,
  { argocd, gitea, applications }: Pick<Settings, "argocd" | "gitea" | "applications">,
  { release, internal, targetGroupArns: readArns }: PlatformEntrance,
): Rollout {
  const { name } = environment;
  const domain = orchestratorDomain(environment);
  const at = (host: string) => (host === "" ? domain : `${host}.${domain}`);
  const { hosts, bootIngress } = releases[release];
  const own = gitea.enabled ? ["argocd", "gitea"] : ["argocd"];
  return {
    argocdNamespace: "argocd",
    namespace: name,
    rootApplication: "root-app",
    automatic: argocd.autoSync,
    projects: projectSpecs({ environment: name, applications: thirdPartyApplications({ applications }) }),
    async entrance() {
      const { gitea: giteaGroup, ...groups } = await readArns();
      const hasGitea = gitea.enabled && giteaGroup !== undefined;
      return {
        targetGroupArns: hasGitea ? { ...groups, gitea: giteaGroup } : groups,
        hosts: [...new Set([...hosts, ...own, bootIngress.host])].map(at),
        securedHosts: ["keycloak", "web-ui", ...own].map(at),
        internal,
        // What the charts copy to the services, which trust nothing else.
        trusted: { namespace: "orch-gateway", name: "tls-orch" },
      };
    },
  };
}
