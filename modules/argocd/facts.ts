import type { z } from "zod";
import type { ClusterFacts } from "../../gitops/cluster-definition";
import { releases } from "../../gitops/releases";
import { valueFiles } from "../../gitops/value-files";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { platform } from "../platform/layer";
import type { Settings } from "./settings";

/** Outputs of earlier layers. */
export interface Placeholders {
  readonly bucketPrefix: string;
  readonly fileSystemId: string;
  readonly targetGroupArns: ClusterFacts["targetGroupArns"];
  readonly roles: NonNullable<ClusterFacts["roles"]>;
}

/** What the environment file decides: the settings of this layer and of the platform. */
export interface Decisions {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly platform: z.output<(typeof platform)["settings"]>;
}

/** Values for the platform's charts, from the environment file and earlier layers. */
export function clusterFacts(
  { environment, settings, platform }: Decisions,
  { roles, ...placeholders }: Placeholders,
): ClusterFacts {
  const { name, account, region, partition, iam } = environment;
  const { repository, adminEmail, argocd } = settings;
  const { services, observabilitySize, edgeInfrastructureSize } = platform;
  const release = releases[platform.release];
  return {
    environment: name,
    account,
    region,
    domain: orchestratorDomain(environment),
    adminEmail,
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
          issueCertificates: adminEmail !== undefined,
        }),
    },
    ...placeholders,
    ...(partition === "aws" && iam.path === "/" ? {} : { roles }),
  };
}

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
