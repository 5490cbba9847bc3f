import type { Release } from "@cdktf/provider-helm/lib/release";
import type { z } from "zod";
import type { Received } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";
import type { eks } from "../eks/layer";
import { addClusterAutoscaler, autoscalerAccount } from "./cluster-autoscaler";
import { addLoadBalancerController, serviceAccount } from "./load-balancer-controller";
import type { Settings } from "./settings";

/** The cluster of the controllers: settings and outputs of the eks layer. */
interface Cluster {
  readonly settings: Pick<z.output<typeof eks.settings>, "podIdentity" | "version">;
  readonly published: Pick<Received<typeof eks.outputs>, "clusterName" | "podRoleArns">;
  readonly vpcId: string;
}

/** Installs the controllers that use AWS APIs; returns the release of the load balancer controller. */
export function addControllers(stack: LayerStack, settings: Settings, cluster: Cluster): Release {
  const { clusterName, podRoleArns } = cluster.published;
  const { podIdentity, version } = cluster.settings;
  const roleArnOf = (program: typeof autoscalerAccount | typeof serviceAccount) =>
    podIdentity === "irsa" ? podRoleArns.at(program) : undefined;
  addClusterAutoscaler(stack, settings.clusterAutoscaler, {
    version,
    clusterName,
    roleArn: roleArnOf(autoscalerAccount),
  });
  return addLoadBalancerController(stack, settings.loadBalancerControllerChartVersion, {
    clusterName,
    vpcId: cluster.vpcId,
    roleArn: roleArnOf(serviceAccount),
  });
}
