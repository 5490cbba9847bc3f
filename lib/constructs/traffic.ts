import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { LayerStack } from "../layer/stack";

/** Allowed traffic between two security groups. */
export interface Traffic {
  /** ID of the security group that opens connections. */
  readonly from: string;
  /** ID of the security group that accepts them. */
  readonly to: string;
  readonly description: string;
  /** First and last TCP port; unset means every protocol. */
  readonly ports?: readonly [number, number];
}

/** Allows the traffic in the security group that accepts it. */
export function allowIn(stack: LayerStack, id: string, traffic: Traffic): VpcSecurityGroupIngressRule {
  return new VpcSecurityGroupIngressRule(stack, `${id}-in`, {
    securityGroupId: traffic.to,
    referencedSecurityGroupId: traffic.from,
    ...rule(traffic),
  });
}

/** Allows the traffic in the security group that opens connections. */
export function allowOut(stack: LayerStack, id: string, traffic: Traffic): VpcSecurityGroupEgressRule {
  return new VpcSecurityGroupEgressRule(stack, `${id}-out`, {
    securityGroupId: traffic.from,
    referencedSecurityGroupId: traffic.to,
    ...rule(traffic),
  });
}

function rule({ description, ports }: Traffic) {
  return ports === undefined
    ? { description, ipProtocol: "-1" }
    : { description, ipProtocol: "tcp", fromPort: ports[0], toPort: ports[1] };
}
