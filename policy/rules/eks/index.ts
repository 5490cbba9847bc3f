import type { Rule } from "../../rule";
import { addonVersion } from "./addon-version";
import { clusterAccess } from "./cluster-access";
import { clusterEndpoint } from "./cluster-endpoint";
import { clusterLogs } from "./cluster-logs";
import { clusterNetworkPolicy } from "./cluster-network-policy";
import { clusterSecrets } from "./cluster-secrets";
import { clusterVersion } from "./cluster-version";
import { nodeRemoteAccess } from "./node-remote-access";
import { nodeSubnets } from "./node-subnets";

/** Rules about the Kubernetes cluster. */
export const eksRules: readonly Rule[] = [
  clusterEndpoint,
  clusterLogs,
  clusterSecrets,
  clusterVersion,
  clusterAccess,
  clusterNetworkPolicy,
  addonVersion,
  nodeSubnets,
  nodeRemoteAccess,
];
