import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Address4 } from "ip-address";
import type { z } from "zod";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Settings } from "../settings";

/** Connections beyond HTTPS, by name. */
export type AdditionalEgress = z.output<typeof Settings>["additionalEgress"];

type Flow = AdditionalEgress[string];

const toInternet: Flow = {
  // Registries and the release service use content delivery networks that do not publish their addresses.
  cidr: "0.0.0.0/0",
  protocol: "tcp",
  port: 443,
  description: "HTTPS to image and chart registries, Git and AWS services",
};

/** The parts of a rule that EC2 compares: it refuses a second one of the same (InvalidPermission.Duplicate). */
export function flowKey({ cidr, protocol, port }: Pick<Flow, "cidr" | "protocol" | "port">): string {
  return `${new Address4(cidr).networkForm()} ${protocol} ${port}`;
}

/** Allows outbound traffic of nodes and pods: HTTPS to any address, and the rules of the settings besides it. */
export function addEgress(stack: LayerStack, nodeSecurityGroupId: string, additional: AdditionalEgress) {
  const allow = (id: string, { cidr, protocol, port, description }: Flow) =>
    new VpcSecurityGroupEgressRule(stack, id, {
      securityGroupId: nodeSecurityGroupId,
      description,
      cidrIpv4: cidr,
      ipProtocol: protocol,
      fromPort: port,
      toPort: port,
    });
  const others = Object.entries(additional).filter(([, flow]) => flowKey(flow) !== flowKey(toInternet));
  return [
    allow("node-to-internet", toInternet),
    ...others.map(([name, flow]) => allow(`egress-${name}`, flow)),
  ];
}
