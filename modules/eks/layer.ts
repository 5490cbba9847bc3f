import { defineLayer } from "../../lib/layer";
import { byKey, text } from "../../lib/outputs";
import { aurora } from "../aurora/layer";
import { efs } from "../efs/layer";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { addAdmins, addIdentityProvider } from "./access";
import { addClusterAddons, addNodeAddons } from "./addons";
import { checkCluster } from "./checks";
import { addCluster } from "./cluster";
import { addNodeGroups } from "./node-groups";
import { addNodeRole } from "./node-role";
import { programs } from "./pod-policies";
import { addPodRoles, associateCharts, podRoleArns } from "./pod-roles";
import { scale } from "./scale";
import { addSecurityGroups } from "./security-groups";
import { Settings } from "./settings";

/** The Kubernetes cluster that the orchestrator runs on. */
export const eks = defineLayer({
  name: "eks",
  summary: "Kubernetes cluster: private control plane, node groups, add-ons, pod roles",
  settings: Settings,
  scale,
  needs: { kms, vpc, efs, aurora },
  outputs: {
    clusterName: text("Name of the cluster, which is the environment's"),
    clusterArn: text("ARN of the cluster", /:eks:.*:cluster\//),
    endpoint: text(
      "URL of the Kubernetes API; private unless publicAccessCidrs says otherwise",
      /^https:\/\//,
    ),
    certificateAuthority: text("Certificate authority of the Kubernetes API, PEM in base64"),
    oidcIssuer: text("Issuer of service account tokens without https://, as IAM conditions name it"),
    oidcProviderArn: text("IAM identity provider of the issuer", /:oidc-provider\//),
    clusterSecurityGroupId: text("Security group that EKS made for the control plane", /^sg-/),
    nodeSecurityGroupId: text(
      "Security group of every node and pod; load balancers add their rules to it",
      /^sg-/,
    ),
    nodeRoleArn: text("IAM role of the nodes", /:role\//),
    podRoleArns: byKey("IAM role by the program whose pods assume it", programs),
  },
  check: checkCluster,
  build(stack, { settings, from }) {
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
    const securityGroups = addSecurityGroups(stack, {
      vpcId: from.vpc.vpcId,
      peers: {
        cluster: clusterSecurityGroupId,
        bastion: from.vpc.bastionSecurityGroupId,
        efs: from.efs.securityGroupId,
        aurora: from.aurora.securityGroupId,
      },
      additionalEgress: settings.additionalEgress,
    });
    const roles = addPodRoles(stack, keyArn);
    const nodeRole = addNodeRole(stack);
    const target = { cluster, version: settings.version, roles };
    const nodeGroups = addNodeGroups(stack, settings.nodeGroups, {
      cluster,
      role: nodeRole,
      securityGroupId: securityGroups.node,
      volumeKeyArn: keyArn,
      privateSubnetIds,
      dependsOn: [...addNodeAddons(stack, target), ...securityGroups.rules],
    });
    addClusterAddons(stack, target, nodeGroups);
    associateCharts(stack, cluster, roles);
    return {
      clusterName: cluster.name,
      clusterArn: cluster.arn,
      endpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority.get(0).data,
      oidcIssuer: identityProvider.issuer,
      oidcProviderArn: identityProvider.arn,
      clusterSecurityGroupId,
      nodeSecurityGroupId: securityGroups.node,
      nodeRoleArn: nodeRole.arn,
      podRoleArns: podRoleArns(roles),
    };
  },
});
