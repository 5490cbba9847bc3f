import { eachAllowance } from "../../permissions";
import type { Rule } from "../../rule";

export const trustPods: Rule = {
  id: "trust-pods",
  title: "A role of pods is for one cluster, or for one service account",
  publicIds: [],
  reason: "Pods of another cluster or namespace could become it",
  fix: "Add conditions on aws:SourceArn and aws:SourceAccount (Pod Identity), or on the claims sub and aud (IRSA)",
  check: eachAllowance(["trust"], ({ principals, conditionKeys }) => {
    const byPodIdentity = principals.some((principal) => principal.startsWith("Service pods.eks."));
    const byWebIdentity = principals.some((principal) => principal.startsWith("Federated "));
    const has = (ending: string) => conditionKeys.some((key) => key.endsWith(ending));
    if (byPodIdentity && !(has("aws:sourcearn") && has("aws:sourceaccount")))
      return "pods of other clusters may become it";
    return byWebIdentity && !(has(":sub") && has(":aud"))
      ? "other service accounts may become it"
      : undefined;
  }),
};
