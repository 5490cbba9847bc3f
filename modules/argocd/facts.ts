import type { z } from "zod";
import type { ClusterFacts } from "../../gitops/cluster-definition";
import { releases } from "../../gitops/releases";
import { valueFiles } from "../../gitops/value-files";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { platform } from "../platform/layer";
import type { route53 } from "../route53/layer";
import type { Settings } from "./settings";

/** Outputs of earlier layers. */
export interface Placeholders {
  readonly bucketPrefix: string;
  readonly fileSystemId: string;
  readonly targetGroupArns: ClusterFacts["targetGroupArns"];
  readonly roles: NonNullable<ClusterFacts["roles"]>;
}

/** What the environment file decides: the settings of this layer, of the platform, and of its certificate. */
export interface Decisions {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly needs: {
    readonly platform: z.output<(typeof platform)["settings"]>;
    readonly route53: z.output<(typeof route53)["settings"]>;
  };
}

/** Values for the platform's charts, from the environment file and earlier layers. */
export function clusterFacts(
  { environment, settings, needs: { platform, route53 } }: Decisions,
  { roles, ...placeholders }: Placeholders,
): ClusterFacts {
  const { name, account, region, partition, iam } = environment;
  const { repository, argocd } = settings;
  const { services, observabilitySize, edgeInfrastructureSize } = platform;
  const release = releases[platform.release];
  const domain = orchestratorDomain(environment);
  const { certificate } = route53;
  const issueCertificates = certificate.source === "lets-encrypt";
  return {
    environment: name,
    account,
    region,
    domain,
    adminEmail: issueCertificates ? (certificate.adminEmail ?? contactOf(domain)) : undefined,
    services,
    autoSync: argocd.autoSync,
    repository: {
      url: repository.url,
      applicationsPath: repository.applicationsPath,
      revision: repository.revision ?? release.commit,
      valueFiles:
        repository.valueFiles ??
        valueFiles({
          release,
          services,
          sizes: { observability: observabilitySize, edgeInfrastructure: edgeInfrastructureSize },
          issueCertificates,
        }),
    },
    ...placeholders,
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

/** The roles that the platform's charts name, from the output of the layer that creates them. */
export function platformRoles(arns: {
  at(program: "cert-manager" | "observability"): string;
}): Placeholders["roles"] {
  return { certManager: arns.at("cert-manager"), observability: arns.at("observability") };
}

/** The target groups that the platform's charts can name, from the output of the layer that creates them. */
export function platformTargetGroups(arns: {
  at(program: "traefik" | "traefik-grpc" | "argocd"): string;
}): Placeholders["targetGroupArns"] {
  return { traefik: arns.at("traefik"), traefikGrpc: arns.at("traefik-grpc"), argocd: arns.at("argocd") };
}
