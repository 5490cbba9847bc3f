import type { Release } from "@cdktf/provider-helm/lib/release";
import type { z } from "zod";
import type { Received } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";
import type { eks } from "../eks/layer";
import type { podRoles } from "../pod-roles/layer";
import { addClusterAutoscaler, autoscalerAccount } from "./cluster-autoscaler";
import { addLoadBalancerController, serviceAccount } from "./load-balancer-controller";
import type { Settings } from "./settings";

/** The cluster of the controllers, and their roles. */
interface Cluster {
  readonly settings: Pick<z.output<typeof eks.settings>, "podIdentity" | "version">;
  readonly clusterName: string;
  readonly podRoleArns: Received<typeof podRoles.outputs>["podRoleArns"];
  readonly vpcId: string;
  /** Environment variables of their pods. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Installs the controllers that use AWS APIs; returns the release of the load balancer controller. */
export function addControllers(stack: LayerStack, settings: Settings, cluster: Cluster): Release {
  const { clusterName, podRoleArns, variables } = cluster;
  const { podIdentity, version } = cluster.settings;
  const roleArnOf = (program: typeof autoscalerAccount | typeof serviceAccount) =>
    podIdentity === "irsa" ? podRoleArns.at(program) : undefined;
  addClusterAutoscaler(stack, settings, {
    version,
    clusterName,
    variables,
    roleArn: roleArnOf(autoscalerAccount),
  });
  return addLoadBalancerController(stack, settings, {
    clusterName,
    variables,
    vpcId: cluster.vpcId,
    roleArn: roleArnOf(serviceAccount),
  });
}
