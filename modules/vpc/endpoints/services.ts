/** An interface endpoint to be chosen: who needs it, from which scale profile on it is there, what it costs. */
interface Endpoint {
  readonly usedBy: string;
  /** Smaller environments go through the NAT gateways instead. */
  readonly from: "default" | "500en";
  /** In USD, over three zones of us-west-2, before traffic: 0.01 a zone and hour (AWS PrivateLink pricing, November 2026). */
  readonly monthlyUsd: number;
}

/** Services an interface endpoint can be had for: what nodes, controllers and operators of an environment call. */
const catalogue = {
  autoscaling: { usedBy: "cluster autoscaler", from: "default", monthlyUsd: 21.9 },
  ec2: { usedBy: "nodes, pod networking, EBS volumes", from: "default", monthlyUsd: 21.9 },
  ec2messages: { usedBy: "older agents of Systems Manager", from: "500en", monthlyUsd: 21.9 },
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

/** What is known of every service that an interface endpoint can be had for. */
export const endpointCatalogue: Readonly<Record<EndpointService, Endpoint>> = catalogue;

// Object.keys widens the names, which are those of the catalogue.
const services = Object.keys(catalogue) as EndpointService[];

/** The services whose endpoints an environment of a size has. */
export function servicesFrom(profile: Endpoint["from"]): EndpointService[] {
  return services.filter((service) => profile === "500en" || endpointCatalogue[service].from === profile);
}
