import type { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { byKey, type Received, text } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { objectStore } from "../object-store/layer";
import { route53 } from "../route53/layer";
import { vpc } from "../vpc/layer";
import { addAdmins, addIdentityProvider } from "./cluster/access";
import { addClusterAddons, addNodeAddons } from "./cluster/addons";
import { addSizeAlarms } from "./nodes/alarms";
import { checkCluster } from "./checks";
import { addCluster } from "./cluster/cluster";
import { clusterEndpoint } from "./endpoints";
import { volumesQuestion } from "./leftovers";
import { addLogRescue } from "./log-rescue";
import { type AddedGroup, addNodeGroups } from "./nodes/groups";
import { addNodeRole } from "./nodes/role";
import type { PodResources } from "./pods/policies";
import { addPodRoles, associateCharts, podRoleArns } from "./pods/roles";
import { programs } from "./pods/workloads";
import { scale } from "./scale";
import { addTraffic } from "./cluster/traffic";
import { Settings } from "./settings";

const needs = { kms, audit, vpc, route53, objectStore };

/** Outputs of the other layers. */
type From = { readonly [Alias in keyof typeof needs]: Received<(typeof needs)[Alias]["outputs"]> };

/** The Kubernetes cluster that the orchestrator runs on. */
export const eks = defineLayer({
  name: "eks",
  summary: "Kubernetes cluster: private control plane, node groups, add-ons, pod roles",
  settings: Settings,
  scale,
  needs,
  outputs: {
    clusterName: text("Name of the cluster, which is the environment's"),
    clusterArn: text("ARN of the cluster", /:eks:.*:cluster\//),
    endpoint: text("URL of the Kubernetes API; private unless publicAccessCidrs is set", /^https:\/\//),
    certificateAuthority: text("Certificate authority of the Kubernetes API, PEM in base64"),
    oidcIssuer: text("Issuer of service account tokens without https://, as in IAM conditions"),
    oidcProviderArn: text("ARN of the IAM OIDC provider of the cluster", /:oidc-provider\//),
    clusterSecurityGroupId: text("Security group that EKS created for the control plane", /^sg-/),
    nodeRoleArn: text("IAM role of the nodes", /:role\//),
    podRoleArns: byKey("ARN of the IAM role that a program's pods assume, by program", programs),
  },
  check: checkCluster,
  leftovers: ({ environment }) => [volumesQuestion(environment)],
  endpoints: ({ environment, outputs }) => [clusterEndpoint(environment.region, outputs)],
  build(stack, { settings, needs, from }) {
    const keyArn = from.kms.keyArns.at("eks");
    const { privateSubnetIds } = from.vpc;
    const cluster = addCluster(stack, settings, {
      secretsKeyArn: keyArn,
      logsKeyArn: from.kms.keyArns.at("logs"),
      privateSubnetIds,
    });
    addAdmins(stack, cluster);
    const identityProvider = addIdentityProvider(stack, cluster);
    const clusterSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    const { nodeSecurityGroupId, bastionSecurityGroupId } = from.vpc;
    const rules = addTraffic(stack, {
      groupIds: {
        node: nodeSecurityGroupId,
        cluster: clusterSecurityGroupId,
        bastion: bastionSecurityGroupId,
      },
      additionalEgress: settings.additionalEgress,
    });
    const identity = settings.podIdentity;
    const provider = { by: identity, provider: identityProvider };
    const roles = addPodRoles(stack, provider, podResources(from, needs.objectStore.tracing));
    const nodeRole = addNodeRole(stack, settings.nodes.additionalPolicyArns);
    const target = { cluster, settings, roles };
    const nodeGroups = addNodeGroups(stack, settings.nodeGroups, {
      cluster,
      role: nodeRole,
      securityGroupId: nodeSecurityGroupId,
      volumeKeyArn: keyArn,
      nodes: settings.nodes,
      privateSubnetIds,
      dependsOn: [...addNodeAddons(stack, target), ...rules],
    });
    monitorNodes(stack, settings, { from, groups: nodeGroups, nodeRoleName: nodeRole.name });
    const nodes = nodeGroups.map(({ nodeGroup }) => nodeGroup);
    addClusterAddons(stack, target, nodes);
    if (identity === "pod-identity") associateCharts(stack, cluster, roles);
    return {
      clusterName: cluster.name,
      clusterArn: cluster.arn,
      endpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority.get(0).data,
      oidcIssuer: identityProvider.issuer,
      oidcProviderArn: identityProvider.arn,
      clusterSecurityGroupId,
      nodeRoleArn: nodeRole.arn,
      podRoleArns: podRoleArns(roles),
    };
  },
});

interface MonitoredNodes {
  readonly from: From;
  readonly groups: readonly AddedGroup[];
  readonly nodeRoleName: string;
}

function monitorNodes(
  stack: LayerStack,
  { logRescue }: z.output<typeof Settings>,
  monitored: MonitoredNodes,
) {
  const { kms, audit } = monitored.from;
  addSizeAlarms(stack, monitored.groups, audit.topicArn);
  if (!logRescue.enabled) return;
  addLogRescue(stack, {
    ...monitored,
    logKeyArn: kms.keyArns.at("logs"),
    retentionDays: logRescue.retentionDays,
    topicArn: audit.topicArn,
  });
}

function podResources({ kms, route53, objectStore }: From, tracing: boolean): PodResources {
  const { policyArns, tracingPolicyArns: tracingArns } = objectStore;
  return {
    volumeKeyArn: kms.keyArns.at("eks"),
    vaultKeyArn: kms.keyArns.at("vault"),
    publicZoneId: route53.publicZoneId,
    certificateArn: route53.certificateArn,
    bucketPolicyArns: {
      write: { "loki-write": policyArns.at("loki-write"), "mimir-write": policyArns.at("mimir-write") },
      read: {
        "loki-read": policyArns.at("loki-read"),
        "mimir-read": policyArns.at("mimir-read"),
        ...(tracing ? { "tempo-read": tracingArns.at("tempo-read") } : {}),
      },
      traces: tracing ? { "tempo-write": tracingArns.at("tempo-write") } : undefined,
    },
  };
}
