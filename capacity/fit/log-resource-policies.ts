import type { SynthesisedJson } from "../../synthesis/environment";

/** Resource policies of CloudWatch Logs in the region that has the most. */
export function mostLogResourcePoliciesInARegion(synthesised: SynthesisedJson): number {
  // A provider has one region; without one, a resource is in the region of the environment.
  const providers = synthesised
    .of("aws_cloudwatch_log_resource_policy")
    .map((policy) => policy.texts("provider")[0] ?? "aws");
  const inRegionOf = (provider: string) => providers.filter((other) => other === provider).length;
  return Math.max(0, ...providers.map(inRegionOf));
}
