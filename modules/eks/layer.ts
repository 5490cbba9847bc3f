import type { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { type Received, text } from "../../lib/layer/outputs";
import type { PodIdentity } from "../../lib/constructs/pod-trust";
import type { LayerStack } from "../../lib/layer/stack";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { abandonedByCluster } from "./abandoned";
import { abandonedRights } from "./abandoned/rights";
import { addAdmins, addIdentityProvider } from "./cluster/access";
import { addAddonRoles } from "./cluster/addon-roles";
import { addClusterAddons, addNodeAddons } from "./cluster/addons";
import { clusterArn } from "./cluster/arns";
import { addSizeAlarms } from "./nodes/alarms";
import { checkCluster } from "./checks";
import { addCluster } from "./cluster/cluster";
import { clusterEndpoint } from "./endpoints";
import { volumesQuestion } from "./leftovers";
import { addLogRescue } from "./log-rescue";
import { fitDesiredSizes } from "./nodes/desired-size";
import { type AddedGroup, addNodeGroups } from "./nodes/groups";
import { addNodeRole } from "./nodes/role";
import { withVpcRanges } from "./nodes/vpc-ranges";
import { clusterChecks } from "./preflight";
import { scale } from "./scale";
import { addTraffic } from "./cluster/traffic";
import { Settings } from "./settings";

const needs = { kms, audit, vpc };

/** Outputs of the other layers. */
type From = { readonly [Alias in keyof typeof needs]: Received<(typeof needs)[Alias]["outputs"]> };

/** The Kubernetes cluster that the orchestrator runs on. */
export const eks = defineLayer({
  name: "eks",
  summary: "Kubernetes cluster: private control plane, node groups, add-ons",
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
  },
  check: checkCluster,
  preflight: ({ environment, settings }) => clusterChecks(environment, settings),
  override: fitDesiredSizes,
  rights: abandonedRights,
  abandoned: ({ environment, needs: { vpc }, ids }) => {
    const vpcId = vpc.network.source === "existing" ? vpc.network.vpcId : ids("aws_vpc")[0];
    return abandonedByCluster({ environment, vpcId });
  },
  leftovers: ({ environment }) => [volumesQuestion(environment)],
  endpoints: ({ environment, outputs }) => [clusterEndpoint(environment.region, outputs)],
  cluster: ({ outputs: { clusterName: name, endpoint: url, certificateAuthority: authority } }) => ({
    ...{ name, url, authority },
  }),
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
    const identities = addAddonRoles(stack, podIdentity(stack, settings, identityProvider), keyArn);
    const nodeRole = addNodeRole(stack, settings.nodes.additionalPolicyArns);
    const target = { cluster, settings, identities };
    const nodeGroups = addNodeGroups(stack, settings.nodeGroups, {
      cluster,
      role: nodeRole,
      securityGroupId: nodeSecurityGroupId,
      volumeKeyArn: keyArn,
      nodes: withVpcRanges(settings.nodes, [needs.vpc.cidr, ...needs.vpc.additionalCidrs]),
      privateSubnetIds,
      dependsOn: [...addNodeAddons(stack, target), ...rules],
    });
    monitorNodes(stack, settings, { from, groups: nodeGroups, nodeRoleName: nodeRole.name });
    const nodes = nodeGroups.map(({ nodeGroup }) => nodeGroup);
    addClusterAddons(stack, target, nodes);
    return {
      clusterName: cluster.name,
      clusterArn: cluster.arn,
      endpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority.get(0).data,
      oidcIssuer: identityProvider.issuer,
      oidcProviderArn: identityProvider.arn,
      clusterSecurityGroupId,
      nodeRoleArn: nodeRole.arn,
    };
  },
});

function podIdentity(
  stack: LayerStack,
  settings: z.output<typeof Settings>,
  { arn, issuer }: ReturnType<typeof addIdentityProvider>,
): PodIdentity {
  // The ARN is built from the name, so that the roles do not wait for the control plane.
  return {
    by: settings.podIdentity,
    clusterArn: clusterArn(stack),
    oidcProviderArn: arn,
    oidcIssuer: issuer,
  };
}

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
