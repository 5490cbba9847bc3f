import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";
import type { z } from "zod";

interface CheckInputs {
  readonly environment: Pick<Environment, "partition">;
  readonly settings: Pick<z.output<typeof Settings>, "scheme" | "elasticIpAddresses" | "shieldAdvanced">;
}

/** Reports invalid combinations of settings for load balancer exposure. */
export function exposureProblems({ environment, settings }: CheckInputs): readonly Problem[] {
  const { scheme, elasticIpAddresses, shieldAdvanced } = settings;
  const internal = scheme === "internal";
  return [
    ...(internal && elasticIpAddresses ? [addressesInside] : []),
    ...(internal && shieldAdvanced.enabled ? [shieldInside] : []),
    ...(environment.partition !== "aws" && shieldAdvanced.enabled ? [shieldUnavailable] : []),
  ];
}

const addressesInside: Problem = {
  path: ["layers", "lb-waf", "elasticIpAddresses"],
  message: "is true, but internal load balancers have no public IP addresses",
  hint: 'Set it to false, or layers.lb-waf.scheme to "internet-facing"',
};

const shieldInside: Problem = {
  path: ["layers", "lb-waf", "shieldAdvanced", "enabled"],
  message: "is true, but internal load balancers cannot be reached from the internet",
  hint: 'Set it to false, or layers.lb-waf.scheme to "internet-facing"',
};

const shieldUnavailable: Problem = {
  path: ["layers", "lb-waf", "shieldAdvanced", "enabled"],
  message: "is true, but Shield Advanced is available in the partition aws only",
  hint: "Set it to false",
};
