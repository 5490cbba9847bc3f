import type { z } from "zod";
import { neededDatabases } from "../../gitops/needed-databases";
import { proxyVariables } from "../../gitops/proxy-values";
import { releases } from "../../gitops/releases";
import { orchestratorDomain } from "../../lib/layer/domain";
import { defineLayer } from "../../lib/layer/layer";
import { text, url } from "../../lib/layer/outputs";
import { privateEndpoint } from "../../lib/layer/private-endpoint";
import { efs } from "../efs/layer";
import { eks } from "../eks/layer";
import { aurora } from "../aurora/layer";
import { kms } from "../kms/layer";
import { lbWaf } from "../lb-waf/layer";
import { networkOperations } from "../network-operations/layer";
import { objectStore } from "../object-store/layer";
import { platform } from "../platform/layer";
import { podRoles } from "../pod-roles/layer";
import { route53 } from "../route53/layer";
import { vpc } from "../vpc/layer";
import { addArgocd } from "./argo-cd";
import { applicationProblems } from "./applications/checks";
import { rendererProblems } from "./applications/renderer";
import { accessCluster, endpointVariable } from "./cluster-access";
import { autoscalerProblems, giteaProblems, repositoryProblems } from "./checks";
import { type ChartSources, uncheckedDigestProblems } from "./chart-sources";
import { clusterFacts, placeholders } from "./facts";
import { addGitea } from "./gitea";
import { kubernetesProblems, kubernetesWarnings } from "./kubernetes-versions";
import { platformLogins } from "./logins";
import { overrideProblems, overrideWarnings } from "./override-names";
import { namedSecretProblems, namedSecretsOf } from "./named-secrets";
import { addControllers } from "./kube-system";
import { callerCheck } from "./preflight";
import { podProxy } from "./platform-decisions";
import { revisionProblems } from "./revision-check";
import { platformRollout } from "./rollout";
import { addRootApplication } from "./root-application";
import { addSecrets } from "./secrets";
import { Settings } from "./settings";
import { addStorageClasses } from "./storage-classes";
import { bindTargetGroups } from "./target-group-bindings";

/** Argo CD and its prerequisites: controllers, storage classes, target group bindings and Gitea. */
export const argocd = defineLayer({
  name: "argocd",
  summary: "Argo CD, Gitea, storage classes, target group bindings and the root application",
  settings: Settings,
  // The last two for what they apply: the bastion on the way to the cluster, and roles that pods assume.
  needs: { kms, platform, vpc, route53, objectStore, efs, aurora, eks, lbWaf, networkOperations, podRoles },
  reaches: privateEndpoint(eks, {
    url: "endpoint",
    authority: "certificateAuthority",
    variable: endpointVariable,
  }),
  outputs: {
    namespace: text("Kubernetes namespace of Argo CD"),
    argocdUrl: url("argocd", "URL of Argo CD", /^https:\/\/argocd\./),
    giteaUrl: url("gitea", "URL of Gitea, if enabled", /^https:\/\/gitea\./),
  },
  check: ({ environment, settings, needs }) => [
    ...uncheckedDigestProblems(settings),
    ...namedSecretProblems(environment, settings),
    ...revisionProblems(settings.repository, needs.platform),
    ...autoscalerProblems(settings, needs.platform),
    ...giteaProblems(settings, needs.platform),
    ...repositoryProblems(settings, environment),
    ...overrideProblems(settings, needs.platform.release),
    ...kubernetesProblems(combination(settings, needs)),
    ...applicationProblems(settings.applications, { environment, release: needs.platform.release }),
    ...rendererProblems(settings),
  ],
  warnings: ({ settings, needs }) => [
    ...overrideWarnings(settings, needs.platform.release),
    ...kubernetesWarnings(combination(settings, needs)),
  ],
  preconditions: ({ settings }) => namedSecretsOf(settings),
  preflight: ({ environment }) => [callerCheck(environment)],
  usesDatabases: ({ needs }) => neededDatabases(releases[needs.platform.release], needs.platform.services),
  async delegation({ environment, needs, from }) {
    if (needs.route53.certificate.source !== "lets-encrypt") return undefined;
    const { publicZoneId: zoneId } = await from.route53();
    return { domain: orchestratorDomain(environment), zoneId };
  },
  rollout: ({ environment, settings, needs, from }) =>
    platformRollout(environment, settings, {
      release: needs.platform.release,
      internal: needs.lbWaf.scheme === "internal",
      targetGroupArns: async () => {
        const { targetGroupArns, optionalTargetGroupArns } = await from.lbWaf();
        return { ...targetGroupArns, ...optionalTargetGroupArns };
      },
    }),
  logins: async ({ environment, settings, outputs, from }) =>
    platformLogins(
      { settings, domain: orchestratorDomain(environment) },
      // Its own outputs are read first, so that an error names this layer rather than one before it.
      { urls: { ...outputs }, secretArns: (await from.platform()).userSecretArns },
    ),
  build(stack, { settings, needs, from }) {
    const domain = orchestratorDomain(stack.environment);
    const repositories: ChartSources = settings;
    const decisions = { environment: stack.environment, settings, ...needs };
    const variables = proxyVariables(podProxy(decisions));
    accessCluster(stack, from.eks);
    const { sources, namespaces, platformSecrets } = addSecrets(stack, {
      settings: needs.platform,
      otherNamespaces: settings.applications.map(({ namespace }) => namespace),
      users: from.platform.userSecretArns,
      database: from.aurora,
      ...{ ...needs.route53, ...from.route53 },
      vaultRoleArn: needs.eks.podIdentity === "irsa" ? from.podRoles.podRoleArns.at("vault") : undefined,
    });
    const { fileSystemId } = from.efs;
    const volumeKeyArn = from.kms.keyArns.at("eks");
    const storageClasses = addStorageClasses(stack, { volumeKeyArn, fileSystemId });
    const controller = addControllers(stack, settings, {
      settings: needs.eks,
      clusterName: from.eks.clusterName,
      podRoleArns: from.podRoles.podRoleArns,
      vpcId: from.vpc.vpcId,
      variables,
    });
    const bindings = bindTargetGroups(stack, {
      release: releases[needs.platform.release],
      targetGroups: from.lbWaf,
      enabled: { gitea: settings.gitea.enabled, vpro: needs.platform.services.vpro },
      repositories,
      after: [...namespaces, controller],
    });
    const argo = addArgocd(stack, { settings, sources, domain, variables, after: namespaces });
    addGitea(stack, { settings, sources, domain, variables, after: [...namespaces, ...storageClasses] });
    addRootApplication(stack, clusterFacts(decisions, placeholders(from)), {
      repositories,
      after: [argo, bindings, ...storageClasses, ...platformSecrets],
    });
    return {
      namespace: "argocd",
      argocdUrl: `https://argocd.${domain}`,
      giteaUrl: `https://gitea.${domain}`,
    };
  },
});

/** The versions that must fit each other. */
function combination(
  { argocd: { chartVersion } }: Settings,
  needs: {
    readonly eks: Pick<z.output<typeof eks.settings>, "version">;
    readonly platform: Pick<z.output<typeof platform.settings>, "release">;
  },
) {
  const { release } = needs.platform;
  return { version: needs.eks.version, release: { name: release, ...releases[release] }, chartVersion };
}
