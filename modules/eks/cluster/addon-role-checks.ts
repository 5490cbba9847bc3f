import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import { physicalName } from "../../../lib/layer/names";
import type { PodIdentity } from "../../../lib/constructs/pod-trust";
import { addonPrograms } from "./addon-programs";

/**
 * The longest serviceAccountRoleArn; the roles of Pod Identity associations may have longer ones:
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html
 */
const longestArn = 255;

/** Reports a path with which the ARNs of the add-ons' roles are longer than EKS takes them. */
export function addonRoleProblems(
  { partition, account, name, iam: { path } }: Environment,
  identity: PodIdentity["by"],
): readonly Problem[] {
  if (identity !== "irsa") return [];
  const arns = Object.keys(addonPrograms).map(
    (program) => `arn:${partition}:iam::${account}:role${path}${physicalName(name, "iamRole", program)}`,
  );
  const longest = Math.max(...arns.map((arn) => arn.length));
  if (longest <= longestArn) return [];
  return [
    {
      path: ["iam", "path"],
      message: `has ${path.length} characters, so that ARNs of roles have up to ${longest}, but with layers.eks.podIdentity "irsa" EKS accepts ${longestArn}`,
      hint: `Shorten it by ${longest - longestArn} characters, or set layers.eks.podIdentity to "pod-identity"`,
    },
  ];
}
