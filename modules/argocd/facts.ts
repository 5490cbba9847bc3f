import type { ClusterFacts } from "../../gitops/cluster-definition";
import { valueFiles } from "../../gitops/value-files";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Settings } from "./settings";

/** Outputs of earlier layers. */
export interface Placeholders {
  readonly fileSystemId: string;
  readonly targetGroupArns: ClusterFacts["targetGroupArns"];
  readonly roles: NonNullable<ClusterFacts["roles"]>;
}

/** Values for the platform's charts, from the environment file and earlier layers. */
export function clusterFacts(
  environment: Environment,
  settings: Settings,
  { roles, ...placeholders }: Placeholders,
): ClusterFacts {
  const { name, account, region, scaleProfile, partition, iam } = environment;
  const { repository, adminEmail, argocd } = settings;
  const issueCertificates = adminEmail !== undefined;
  return {
    environment: name,
    account,
    region,
    domain: orchestratorDomain(environment),
    adminEmail,
    autoSync: argocd.autoSync,
    repository: {
      ...repository,
      valueFiles: repository.valueFiles ?? valueFiles({ scaleProfile, issueCertificates }),
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
