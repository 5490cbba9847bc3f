import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { LayerStack } from "../../../lib/layer/stack";
import type { LoadBalancerName } from "../hosts";
import type { Client, Network } from "./network";

/** What passes through one load balancer. */
export interface Passage {
  readonly loadBalancer: LoadBalancerName;
  readonly purpose: string;
  readonly clients: readonly Client[];
  readonly listenerPorts: readonly number[];
  /** Port that pods listen on, by program. */
  readonly podPorts: Readonly<Record<string, number>>;
}

/** The security group of one load balancer, and the door it needs into the nodes. */
export function addSecurityGroup(stack: LayerStack, passage: Passage, network: Network): SecurityGroup {
  const { loadBalancer, purpose } = passage;
  const name = stack.named("securityGroup", `${loadBalancer}-load-balancer`);
  const group = new SecurityGroup(stack, `${loadBalancer}-security-group`, {
    name,
    description: `Load balancer for ${purpose}`,
    vpcId: network.vpcId,
    tags: { Name: name },
  });
  for (const port of passage.listenerPorts) {
    for (const client of passage.clients) admit(stack, { passage, group, client, port });
  }
  for (const [program, port] of Object.entries(passage.podPorts)) {
    connectToPods(stack, { passage, group, program, port, nodes: network.nodeSecurityGroupId });
  }
  return group;
}

interface Admission {
  readonly passage: Passage;
  readonly group: SecurityGroup;
  readonly client: Client;
  readonly port: number;
}

function admit(stack: LayerStack, { passage, group, client, port }: Admission): void {
  new VpcSecurityGroupIngressRule(stack, `${passage.loadBalancer}-${port}-from-${client.id}`, {
    securityGroupId: group.id,
    description: `Port ${port} from ${client.description}`,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    ...client.source,
  });
}

interface Connection {
  readonly passage: Passage;
  readonly group: SecurityGroup;
  readonly program: string;
  readonly port: number;
  readonly nodes: string;
}

function connectToPods(stack: LayerStack, { passage, group, program, port, nodes }: Connection): void {
  const rule = { ipProtocol: "tcp", fromPort: port, toPort: port };
  new VpcSecurityGroupEgressRule(stack, `${passage.loadBalancer}-to-${program}`, {
    securityGroupId: group.id,
    referencedSecurityGroupId: nodes,
    description: `Traffic and health checks to ${program}`,
    ...rule,
  });
  new VpcSecurityGroupIngressRule(stack, `${program}-from-${passage.loadBalancer}`, {
    securityGroupId: nodes,
    referencedSecurityGroupId: group.id,
    description: `${program} from the ${passage.loadBalancer} load balancer`,
    ...rule,
  });
}
