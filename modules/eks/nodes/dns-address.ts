import { Address4 } from "ip-address";
import { isWithin } from "../../../lib/aws-facts/overlap";
import type { Problem } from "../../../lib/layer/layer";
import type { Nodes } from "./settings";

/** A cache on the node listens on a link-local address. */
const linkLocal = "169.254.0.0/16";

/** What else answers at link-local addresses of a node. */
const taken: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html
  "169.254.169.123": "the time service of EC2",
  // https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
  "169.254.169.253": "the resolver of the VPC, which does not know the cluster",
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html
  "169.254.169.254": "the instance metadata service",
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
  "169.254.170.2": "the credentials service of containers",
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
  "169.254.170.23": "the EKS Pod Identity agent",
};

/** Reports a DNS address at which no DNS service of the cluster can be. */
export function dnsProblems({ clusterDnsIp }: Nodes, serviceIpv4Cidr: string): readonly Problem[] {
  if (clusterDnsIp === undefined) return [];
  const reason = whyNot(clusterDnsIp, serviceIpv4Cidr);
  if (reason === undefined) return [];
  return [
    {
      path: ["layers", "eks", "nodes", "clusterDnsIp"],
      message: `is "${clusterDnsIp}", which is ${reason}`,
      hint: "Remove it, or specify the address of a DNS service in the cluster",
    },
  ];
}

function whyNot(address: string, services: string): string | undefined {
  const within = [services, linkLocal].find((range) => isWithin(address, range));
  if (within === undefined) return `neither in "${services}" nor link-local`;
  const number = numberOf(address);
  const first = numberOf(new Address4(within).startAddress().correctForm());
  const last = numberOf(new Address4(within).endAddress().correctForm());
  if (number === first || number === last)
    return `the first or last address of "${within}", which no service has`;
  // https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/, --service-cluster-ip-range
  if (within === services && number === first + 1n) return "the address of the Kubernetes API in the cluster";
  return taken[address];
}

const numberOf = (address: string) => new Address4(address).bigInt();
