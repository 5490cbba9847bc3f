import { mustHaveCompanion } from "../../checks";
import type { Resource } from "../../../synthesis/resource";
import type { Rule } from "../../rule";
import { readJson } from "../../statements";

export const clusterNetworkPolicy: Rule = {
  id: "cluster-network-policy",
  title: "Every cluster obeys network policies",
  publicIds: ["CIS-EKS-5.4.4"],
  reason: "Without them every pod reaches every other pod",
  fix: 'Set enableNetworkPolicy to "true" in the configuration of the vpc-cni add-on',
  check: mustHaveCompanion("aws_eks_cluster", {
    by: "aws_eks_addon",
    through: "cluster_name",
    where: obeysPolicies,
    without: "its network add-on ignores network policies",
  }),
};

function obeysPolicies(addon: Resource): boolean {
  const configuration = readJson(addon.texts("configuration_values")[0] ?? "");
  if (!addon.is("addon_name", "vpc-cni") || typeof configuration !== "object" || configuration === null)
    return false;
  return "enableNetworkPolicy" in configuration && configuration.enableNetworkPolicy === "true";
}
