import type { Attributes, Context } from "../../engine/behaviour";
import { listOf, objectOf, textOf } from "../../engine/read-value";
import { attributeOf } from "./lookup";
import { memberOf } from "../../schema/records";

const protocols: Readonly<Record<string, readonly string[]>> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP"],
  gateway: ["GENEVE"],
};

/** Refuses a listener whose protocol its load balancer, or whose target group, does not speak. */
export function refuseProtocolMismatch(listener: Attributes, context: Context): string | undefined {
  const balancer = textOf(listener.load_balancer_arn) ?? "";
  const type = attributeOf(context, "aws_lb", [balancer, "load_balancer_type"]);
  if (type === undefined) return `LoadBalancerNotFound: Load balancer '${balancer}' not found`;
  const spoken = memberOf(protocols, type) ?? [];
  const protocol = textOf(listener.protocol);
  if (protocol !== undefined && !spoken.includes(protocol)) {
    return `ValidationError: Protocol '${protocol}' is not supported by ${type} load balancers (${spoken.join(", ")})`;
  }
  return targetGroupsOf(listener)
    .map((group) => refuseTargetGroup(group, spoken, context))
    .find((refusal) => refusal !== undefined);
}

function refuseTargetGroup(group: string, spoken: readonly string[], context: Context): string | undefined {
  const protocol = attributeOf(context, "aws_lb_target_group", [group, "protocol"]);
  return protocol === undefined || spoken.includes(protocol)
    ? undefined
    : `InvalidConfigurationRequest: The protocol '${protocol}' of target group '${group}' does not fit the load balancer (${spoken.join(", ")})`;
}

function targetGroupsOf({ default_action }: Attributes): readonly string[] {
  return listOf(default_action)
    .map(objectOf)
    .flatMap((action) => [
      action.target_group_arn,
      ...listOf(objectOf(action.forward).target_group).map((group) => objectOf(group).arn),
    ])
    .flatMap((group) => textOf(group) ?? []);
}
