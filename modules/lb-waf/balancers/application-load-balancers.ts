import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LayerStack } from "../../../lib/layer/stack";
import { addApplicationLoadBalancer, type HttpsSettings } from "./application-load-balancer";
import { clients, type Network } from "./network";
import { routeGrpc, routeHosts } from "./routes";
import { addSecurityGroups } from "./security-group";
import { podPorts, type TargetGroups } from "./target-groups";

/** Inputs common to both application load balancers. */
export interface Entry {
  readonly network: Network;
  readonly targets: TargetGroups;
  readonly https: HttpsSettings;
}

/** Adds the load balancer of the orchestrator: web UI, APIs, and HTTPS and gRPC of edge nodes. */
export function addOrchestratorEntry(stack: LayerStack, { network, targets, https }: Entry): Lb {
  const securityGroupIds = addSecurityGroups(
    stack,
    {
      loadBalancer: "traefik",
      purpose: "HTTPS and gRPC of the orchestrator",
      clients: clients(stack.environment, "publicCidrs", network),
      listenerPorts: [80, 443],
      podPorts: { traefik: podPorts.traefik },
    },
    network,
  );
  const { loadBalancer, listener } = addApplicationLoadBalancer(stack, {
    name: "traefik",
    network,
    https,
    securityGroupIds,
    defaultAction: { type: "forward", targetGroupArn: targets.traefik.arn },
  });
  routeGrpc(stack, listener, targets["traefik-grpc"]);
  return loadBalancer;
}

/** Adds the load balancer for administrators: Argo CD and Gitea by host name only. */
export function addAdministrationEntry(stack: LayerStack, { network, targets, https }: Entry): Lb {
  const securityGroupIds = addSecurityGroups(
    stack,
    {
      loadBalancer: "argocd",
      purpose: "Argo CD and Gitea",
      clients: clients(stack.environment, "adminCidrs", network),
      listenerPorts: [80, 443],
      podPorts: { argocd: podPorts.argocd, gitea: podPorts.gitea },
    },
    network,
  );
  const { loadBalancer, listener } = addApplicationLoadBalancer(stack, {
    name: "argocd",
    network,
    https,
    securityGroupIds,
    defaultAction: {
      type: "fixed-response",
      fixedResponse: { contentType: "text/plain", statusCode: "404" },
    },
  });
  routeHosts(stack, listener, targets);
  return loadBalancer;
}
