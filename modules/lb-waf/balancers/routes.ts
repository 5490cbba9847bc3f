import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule, type LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
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

/** Forwards each host below the orchestrator's domain to its own target group. */
export function routeHosts(
  stack: LayerStack,
  listener: LbListener,
  targets: Readonly<Record<string, LbTargetGroup>>,
): void {
  const domain = orchestratorDomain(stack.environment);
  const routes = Object.entries(targets).map(([host, target]) => {
    return { id: `${host}-host`, condition: { hostHeader: { values: [`${host}.${domain}`] } }, target };
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
