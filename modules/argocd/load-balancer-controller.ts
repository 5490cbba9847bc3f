import type { Release } from "@cdktf/provider-helm/lib/release";
import {
  type ControllerFacts,
  loadBalancerControllerValues,
} from "../../gitops/load-balancer-controller-values";
import type { LayerStack } from "../../lib/layer/stack";
import type { ChartSources } from "./chart-sources";
import { install } from "./releases";
import type { Settings } from "./settings";

/** The program and service account to which the pod-roles layer grants the controller's role. */
export const serviceAccount = "aws-load-balancer-controller";

/** Installs the AWS Load Balancer Controller and its CRD TargetGroupBinding. */
export function addLoadBalancerController(
  stack: LayerStack,
  settings: Pick<Settings, "loadBalancerControllerChartVersion" | keyof ChartSources>,
  facts: Pick<ControllerFacts, "clusterName" | "vpcId" | "roleArn" | "variables">,
): Release {
  const { region } = stack.environment;
  return install(stack, {
    release: "aws-load-balancer-controller",
    namespace: "kube-system",
    repositories: settings,
    chart: "aws-load-balancer-controller",
    version: settings.loadBalancerControllerChartVersion,
    values: loadBalancerControllerValues({ ...facts, region, serviceAccount }),
    after: [],
  });
}
