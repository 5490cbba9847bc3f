import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { LayerStack } from "../../../lib/layer/stack";
import { planSubnets } from "../../../lib/aws-facts/subnets";

/** IDs of the subnets, by zone. */
export interface Subnets {
  readonly public: Readonly<Record<string, string>>;
  readonly private: Readonly<Record<string, string>>;
}

/** The AWS load balancer controller finds subnets by these tags. */
const tags = {
  public: { Network: "Public", "kubernetes.io/role/elb": "1" },
  private: { Network: "Private", "kubernetes.io/role/internal-elb": "1" },
};

/** Adds a public and a private subnet in every zone. */
export function addSubnets(stack: LayerStack, vpc: { readonly id: string; readonly cidr: string }): Subnets {
  const { name, zones } = stack.environment;
  const plan = planSubnets(vpc.cidr, zones);
  const add = (kind: keyof Subnets) => (zone: string, cidrBlock: string) =>
    new Subnet(stack, `${kind}-${zone}`, {
      vpcId: vpc.id,
      availabilityZone: zone,
      cidrBlock,
      // Load balancers and NAT gateways do not need it, and nothing else runs in public subnets.
      mapPublicIpOnLaunch: false,
      tags: { Name: `${name}-${kind}-${zone}`, ...tags[kind] },
    }).id;
  return {
    public: mapEntries(plan.public, add("public")),
    private: mapEntries(plan.private, add("private")),
  };
}

function mapEntries(
  record: Readonly<Record<string, string>>,
  change: (key: string, value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(key, value)]));
}
