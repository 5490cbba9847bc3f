import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule, type LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { hostCondition } from "../../../lib/constructs/host-condition";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";

/** A listener rule: condition and target group. */
interface Route {
  readonly id: string;
  readonly condition: LbListenerRuleCondition;
  readonly target: LbTargetGroup;
}

/** Forwards gRPC to a target group of protocol version GRPC; other requests use the listener's default action. */
export function routeGrpc(stack: LayerStack, listener: LbListener, target: LbTargetGroup): void {
  const condition = { httpHeader: { httpHeaderName: "content-type", values: ["application/grpc*"] } };
  addRoutes(stack, listener, [{ id: "traefik-grpc", condition, target }]);
}

/** The hosts below the orchestrator's domain that have a target group of their own. */
export const routedHosts = ["argocd", "gitea"] as const;

/** Forwards each of these hosts to its target group. */
export function routeHosts(
  stack: LayerStack,
  listener: LbListener,
  targets: Readonly<Record<(typeof routedHosts)[number], LbTargetGroup>>,
): void {
  const domain = orchestratorDomain(stack.environment);
  const routes = routedHosts.map((host) => {
    const target = targets[host];
    return { id: `${host}-host`, condition: hostCondition(`${host}.${domain}`), target };
  });
  addRoutes(stack, listener, routes);
}

function addRoutes(stack: LayerStack, listener: LbListener, routes: readonly Route[]): void {
  for (const [index, { id, condition, target }] of routes.entries()) {
    new LbListenerRule(stack, id, {
      listenerArn: listener.arn,
      priority: (index + 1) * 10,
      condition: [condition],
      action: [{ type: "forward", targetGroupArn: target.arn }],
    });
  }
}
