import type { Release } from "@cdktf/provider-helm/lib/release";
import {
  type ControllerFacts,
  loadBalancerControllerValues,
} from "../../gitops/load-balancer-controller-values";
import type { LayerStack } from "../../lib/layer/stack";
import { install } from "./releases";

/** The service account, and the program, that the eks layer gave the controller's role to. */
export const serviceAccount = "aws-load-balancer-controller";

/** Installs the controller that registers pods with target groups, and the kind of object that tells it which. */
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
