/**
 * IDs of the zones in which EKS accepts no subnet of a cluster, "Subnet requirements for clusters" in
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html. The name of such a zone differs from account to account.
 */
export const zonesWithoutEks: ReadonlySet<string> = new Set(["use1-az3", "usw1-az2", "cac1-az3"]);
