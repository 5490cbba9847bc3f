import { inCluster } from "./application-project";
import { merged } from "./merged";
import { type PlatformDecisions, platformValues } from "./platform-values";
import { type PlatformRoles, roleOverwrites } from "./role-overwrites";
import { syncPolicy } from "./sync-policy";
import { addressOf, type ThirdPartyApplication } from "./third-party/application";
import { thirdPartyApplicationsValues } from "./third-party/values";
import type { YamlObject } from "./yaml";

/** Inputs of the values of the platform's charts. */
export interface ClusterFacts {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly domain: string;
  readonly adminEmail: string | undefined;
  readonly repository: {
    readonly url: string;
    readonly revision: string;
    readonly applicationsPath: string;
    readonly valueFiles: readonly string[];
  };
  readonly platform: PlatformDecisions;
  /** Values of single applications, by their names, which override all others. */
  readonly overrides: YamlObject;
  readonly thirdParty: {
    readonly applications: readonly ThirdPartyApplication[];
    /** The chart argocd-apps, from which Argo CD renders them. */
    readonly chart: { readonly repository: string; readonly version: string };
  };
  readonly autoSync: boolean;
  /** Prefix of the names of Loki's and Mimir's buckets. */
  readonly bucketPrefix: string;
  readonly fileSystemId: string;
  readonly targetGroupArns: {
    readonly traefik: string;
    readonly traefikGrpc: string;
    readonly argocd: string;
  };
  /** Unset where the platform's charts build the right ARNs themselves. */
  readonly roles?: PlatformRoles;
}

/** Values that every application of the platform receives; they override the value files of the repository. */
export function clusterValues(facts: ClusterFacts): YamlObject {
  return {
    argo: merged(ownValues(facts), platformValues(facts.platform)),
    orchestratorDeployment: { targetCluster: "cloud" },
    postCustomTemplateOverwrite: merged(
      facts.roles === undefined ? {} : roleOverwrites(facts.roles),
      facts.overrides,
    ),
  };
}

function ownValues(facts: ClusterFacts): YamlObject {
  const { environment, repository, fileSystemId, targetGroupArns } = facts;
  return {
    project: environment,
    namespace: environment,
    clusterName: environment,
    clusterDomain: facts.domain,
    ...(facts.adminEmail === undefined ? {} : { adminEmail: facts.adminEmail }),
    deployRepoURL: repository.url,
    deployRepoRevision: repository.revision,
    git: { server: `https://gitea.${facts.domain}` },
    targetServer: inCluster,
    autosync: facts.autoSync,
    o11y: { dedicatedEdgenodeEnabled: true },
    aws: {
      account: facts.account,
      region: facts.region,
      bucketPrefix: facts.bucketPrefix,
      // Loki and Mimir use S3 only if this map is not empty.
      efs: { fsid: fileSystemId },
      targetGroup: { ...targetGroupArns },
    },
    traefik: { tlsOption: "" },
  };
}

/** Values of the chart argocd-apps: the application that renders every other one. */
export function rootApplicationValues(facts: ClusterFacts): YamlObject {
  const { environment } = facts;
  return {
    applications: {
      "root-app": {
        namespace: environment,
        // Argo CD deletes the others, and what they deployed, before this one.
        finalizers: ["resources-finalizer.argocd.argoproj.io"],
        project: environment,
        sources: sources(facts),
        destination: { namespace: environment, server: inCluster },
        syncPolicy: syncPolicy({
          autoSync: facts.autoSync,
          syncOptions: ["CreateNamespace=true", "ApplyOutOfSyncOnly=true"],
        }),
        ignoreDifferences: ignoredDifferences,
      },
    },
  };
}

function sources(facts: ClusterFacts): YamlObject[] {
  const { url, revision, applicationsPath, valueFiles } = facts.repository;
  const from = { repoURL: url, targetRevision: revision };
  const helm = {
    valueFiles: valueFiles.map((file) => `$values/${file}`),
    valuesObject: clusterValues(facts),
  };
  return [{ ...from, path: applicationsPath, helm }, { ...from, ref: "values" }, ...thirdPartySources(facts)];
}

/** The other applications are in waves of the root application as well: after the platform's, and deleted before them. */
function thirdPartySources({ environment, thirdParty, autoSync }: ClusterFacts): YamlObject[] {
  const { applications, chart } = thirdParty;
  if (applications.length === 0) return [];
  const valuesObject = thirdPartyApplicationsValues({ environment, applications, autoSync });
  const { repository, version } = chart;
  return [
    { repoURL: addressOf(repository), chart: "argocd-apps", targetRevision: version, helm: { valuesObject } },
  ];
}

// Argo CD adds these finalizers to Applications itself and then reports them, those of pre-delete hooks since 3.3:
// https://github.com/argoproj/argo-cd/issues/17433, https://github.com/argoproj/argo-cd/issues/27533
const ignoredDifferences = [
  {
    group: "argoproj.io",
    kind: "Application",
    jqPathExpressions: [
      '.metadata.finalizers[]? | select(test("^(pre|post)-delete-finalizer[.]argocd[.]argoproj[.]io"))',
      "if (.metadata.finalizers | length) == 0 then .metadata.finalizers else empty end",
    ],
  },
];
