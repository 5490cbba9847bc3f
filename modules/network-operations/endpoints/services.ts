/** An interface endpoint: its users, the smallest scale profile that includes it, and its cost. */
interface Endpoint {
  readonly usedBy: string;
  /** Smaller environments use the NAT gateways instead. */
  readonly from: "default" | "500en";
  /** In USD, over three zones of us-west-2, without data processing: 0.01 per zone and hour (AWS PrivateLink pricing, November 2026). */
  readonly monthlyUsd: number;
}

/**
 * Services for which an interface endpoint can be created: those that nodes, controllers and operators call. Systems
 * Manager has needed no ec2messages since agent 3.3.40.0:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
 */
const catalogue = {
  autoscaling: { usedBy: "cluster autoscaler", from: "default", monthlyUsd: 21.9 },
  ec2: { usedBy: "nodes, pod networking, EBS volumes", from: "default", monthlyUsd: 21.9 },
  "ecr.api": { usedBy: "nodes that pull images", from: "default", monthlyUsd: 21.9 },
  "ecr.dkr": { usedBy: "nodes that pull images", from: "default", monthlyUsd: 21.9 },
  eks: { usedBy: "nodes that join", from: "default", monthlyUsd: 21.9 },
  "eks-auth": { usedBy: "pods with a role", from: "default", monthlyUsd: 21.9 },
  elasticfilesystem: { usedBy: "EFS volumes", from: "500en", monthlyUsd: 21.9 },
  elasticloadbalancing: { usedBy: "load balancer controller", from: "default", monthlyUsd: 21.9 },
  kms: { usedBy: "Vault, encrypted sessions on the bastion", from: "default", monthlyUsd: 21.9 },
  logs: { usedBy: "logs of nodes and sessions", from: "default", monthlyUsd: 21.9 },
  monitoring: { usedBy: "metrics of nodes", from: "500en", monthlyUsd: 21.9 },
  rds: { usedBy: "operators of the database", from: "500en", monthlyUsd: 21.9 },
  secretsmanager: { usedBy: "secrets that pods read", from: "500en", monthlyUsd: 21.9 },
  ssm: { usedBy: "sessions on the bastion", from: "default", monthlyUsd: 21.9 },
  ssmmessages: { usedBy: "sessions on the bastion", from: "default", monthlyUsd: 21.9 },
  sts: { usedBy: "nodes and pods with a role", from: "default", monthlyUsd: 21.9 },
} as const satisfies Readonly<Record<string, Endpoint>>;

export type EndpointService = keyof typeof catalogue;

/** Every service for which an interface endpoint can be created. */
export const endpointCatalogue: Readonly<Record<EndpointService, Endpoint>> = catalogue;

// Object.keys widens the keys of the catalogue to string.
const services = Object.keys(catalogue) as EndpointService[];

/** The services that have an endpoint in a scale profile. */
export function servicesFrom(profile: Endpoint["from"]): EndpointService[] {
  return services.filter((service) => profile === "500en" || endpointCatalogue[service].from === profile);
}
