import type { Rule } from "../../rule";
import { policiesIn } from "../../statements";

export const policiesReadable: Rule = {
  id: "policies-readable",
  title: "Every policy is written out as JSON",
  publicIds: [],
  reason: "No rule can judge what it cannot read",
  fix: "Write the policy with policyDocument of lib/constructs/iam-policy.ts",
  check: (document) =>
    policiesIn(document, "identity", "trust", "resource", "ceiling")
      .filter(({ statements }) => statements === undefined)
      .map(({ resource: { layer, address } }) => ({ layer, address, message: "its policy is not JSON" })),
};
