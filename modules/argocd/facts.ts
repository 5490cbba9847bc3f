import type { ClusterFacts } from "../../gitops/cluster-definition";
import { releases } from "../../gitops/releases";
import { valueFiles } from "../../gitops/value-files";
import type { Received } from "../../lib/layer/outputs";
import type { efs } from "../efs/layer";
import type { lbWaf } from "../lb-waf/layer";
import type { objectStore } from "../object-store/layer";
import type { podRoles } from "../pod-roles/layer";
import { orchestratorDomain } from "../../lib/layer/domain";
import { thirdPartyApplications } from "./applications/given";
import { objectsChart } from "./plain-objects";
import { type Decisions, platformDecisions } from "./platform-decisions";

/** Outputs of earlier layers. */
export interface Placeholders {
  readonly bucketPrefix: string;
  readonly fileSystemId: string;
  readonly targetGroupArns: ClusterFacts["targetGroupArns"];
  readonly roles: NonNullable<ClusterFacts["roles"]>;
}

/** Values for the platform's charts, from the environment file and earlier layers. */
export function clusterFacts(decisions: Decisions, { roles, ...outputs }: Placeholders): ClusterFacts {
  const { environment, settings, platform } = decisions;
  const { name, account, region, partition, iam } = environment;
  const { repository, argocd } = settings;
  const release = releases[platform.release];
  const domain = orchestratorDomain(environment);
  const { certificate } = decisions.route53;
  const issueCertificates = certificate.source === "lets-encrypt";
  return {
    environment: name,
    account,
    region,
    domain,
    adminEmail: issueCertificates ? (certificate.adminEmail ?? contactOf(domain)) : undefined,
    platform: platformDecisions(decisions),
    // Settings are JSON: their schema says so.
    overrides: settings.overrides as ClusterFacts["overrides"],
    thirdParty: {
      applications: thirdPartyApplications(settings),
      chart: { repository: settings.chartRepositories[objectsChart.chart], version: objectsChart.version },
    },
    autoSync: argocd.autoSync,
    repository: {
      url: repository.url,
      applicationsPath: repository.applicationsPath,
      revision: repository.revision ?? release.commit,
      valueFiles:
        repository.valueFiles ??
        valueFiles({
          release,
          services: platform.services,
          sizes: {
            observability: platform.observabilitySize,
            edgeInfrastructure: platform.edgeInfrastructureSize,
          },
          issueCertificates,
          limitRate: platform.traefikRateLimit.source === "profile",
        }),
    },
    ...outputs,
    ...(partition === "aws" && iam.path === "/" ? {} : { roles }),
  };
}

/**
 * The mailbox that RFC 2142 names for a domain. Let's Encrypt stores no address any more, but without one the platform's
 * chart has cert-manager verify no certificate of Let's Encrypt's server:
 * https://letsencrypt.org/2025/06/26/expiration-notification-service-has-ended
 * https://github.com/open-edge-platform/orch-utils/blob/main/charts/platform-autocert/templates/platform-autocert.yaml
 */
const contactOf = (domain: string) => `hostmaster@${domain}`;

/** What the platform's charts read of the outputs of earlier layers. */
export function placeholders(from: {
  readonly objectStore: Received<(typeof objectStore)["outputs"]>;
  readonly efs: Received<(typeof efs)["outputs"]>;
  readonly lbWaf: Received<(typeof lbWaf)["outputs"]>;
  readonly podRoles: Received<(typeof podRoles)["outputs"]>;
}): Placeholders {
  const { targetGroupArns } = from.lbWaf;
  const { podRoleArns } = from.podRoles;
  return {
    bucketPrefix: from.objectStore.bucketPrefix,
    fileSystemId: from.efs.fileSystemId,
    targetGroupArns: {
      traefik: targetGroupArns.at("traefik"),
      traefikGrpc: targetGroupArns.at("traefik-grpc"),
      argocd: targetGroupArns.at("argocd"),
    },
    roles: { certManager: podRoleArns.at("cert-manager"), observability: podRoleArns.at("observability") },
  };
}
