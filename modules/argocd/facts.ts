import type { ClusterFacts } from "../../gitops/cluster-definition";
import { valueFiles } from "../../gitops/value-files";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Settings } from "./settings";

/** What earlier layers know. */
export interface Placeholders {
  readonly fileSystemId: string;
  readonly targetGroupArns: ClusterFacts["targetGroupArns"];
}

/** Everything the platform's charts have to know, from the environment file and earlier layers. */
export function clusterFacts(
  environment: Environment,
  settings: Settings,
  placeholders: Placeholders,
): ClusterFacts {
  const { name, account, region, scaleProfile } = environment;
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
  };
}
