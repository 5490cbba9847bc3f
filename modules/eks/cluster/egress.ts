import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { z } from "zod";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Settings } from "../settings";

/** Connections beyond HTTPS, by name. */
export type AdditionalEgress = z.output<typeof Settings>["additionalEgress"];

/** Allows outbound traffic of nodes and pods: HTTPS to any address, and the rules of the settings. */
export function addEgress(stack: LayerStack, nodeSecurityGroupId: string, additional: AdditionalEgress) {
  const allow = (id: string, { cidr, protocol, port, description }: AdditionalEgress[string]) =>
    new VpcSecurityGroupEgressRule(stack, id, {
      securityGroupId: nodeSecurityGroupId,
      description,
      cidrIpv4: cidr,
      ipProtocol: protocol,
      fromPort: port,
      toPort: port,
    });
  const internet = allow("node-to-internet", {
    // Registries and the release service use content delivery networks that do not publish their addresses.
    cidr: "0.0.0.0/0",
    protocol: "tcp",
    port: 443,
    description: "HTTPS to image and chart registries, Git and AWS services",
  });
  return [internet, ...Object.entries(additional).map(([name, flow]) => allow(`egress-${name}`, flow))];
}
