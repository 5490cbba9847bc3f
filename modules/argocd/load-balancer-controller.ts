import type { Release } from "@cdktf/provider-helm/lib/release";
import {
  type ControllerFacts,
  loadBalancerControllerValues,
} from "../../gitops/load-balancer-controller-values";
import type { LayerStack } from "../../lib/layer/stack";
import { install } from "./releases";

/** The program and service account to which the pod-roles layer grants the controller's role. */
export const serviceAccount = "aws-load-balancer-controller";

/** Installs the AWS Load Balancer Controller and its CRD TargetGroupBinding. */
export function addLoadBalancerController(
  stack: LayerStack,
  version: string,
  facts: Pick<ControllerFacts, "clusterName" | "vpcId" | "roleArn">,
): Release {
  const { region } = stack.environment;
  return install(stack, {
    release: "aws-load-balancer-controller",
    namespace: "kube-system",
    repository: "https://aws.github.io/eks-charts",
    chart: "aws-load-balancer-controller",
    version,
    values: loadBalancerControllerValues({ ...facts, region, serviceAccount }),
    after: [],
  });
}
