import { Address4 } from "ip-address";
import type { z } from "zod";
import type { Problem } from "../../lib/layer";
import type { Settings } from "./settings";
import { largestUserData, userDataMessage } from "./user-data";

type EksSettings = z.output<typeof Settings>;

/** What no single field can state about the nodes. */
export function nodeProblems(settings: EksSettings): readonly Problem[] {
  return [...dnsProblems(settings), ...sizeProblems(settings)];
}

function dnsProblems({ nodes: { clusterDnsIp }, serviceIpv4Cidr }: EksSettings): Problem[] {
  if (clusterDnsIp === undefined) return [];
  // A cache on the node listens on a link-local address.
  const ranges = [serviceIpv4Cidr, "169.254.0.0/16"];
  if (ranges.some((range) => new Address4(clusterDnsIp).isInSubnet(new Address4(range)))) return [];
  return [
    {
      path: ["layers", "eks", "nodes", "clusterDnsIp"],
      message: `is "${clusterDnsIp}", which is no address of a service in "${serviceIpv4Cidr}", nor link-local`,
      hint: "Remove it, or name the address of a DNS service in the cluster",
    },
  ];
}

function sizeProblems({ nodes }: EksSettings): Problem[] {
  const bytes = Buffer.byteLength(userDataMessage(1000, nodes));
  if (bytes <= largestUserData) return [];
  return [
    {
      path: ["layers", "eks", "nodes"],
      message: `makes ${bytes} bytes of user data, and EC2 leaves room for ${largestUserData}`,
      hint: "Let a script fetch the rest of itself from where the nodes can reach it",
    },
  ];
}
