import type { z } from "zod";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";

interface CheckInputs {
  readonly environment: Pick<Environment, "account" | "partition" | "region">;
  readonly settings: Pick<z.output<typeof Settings>, "certificate">;
}

/** Reports an ARN of an existing certificate in another account or region; its names are known to ACM only. */
export function existingCertificateProblems({
  environment: { account, partition, region },
  settings: { certificate },
}: CheckInputs): readonly Problem[] {
  const beginning = `arn:${partition}:acm:${region}:${account}:certificate/`;
  if (certificate.source !== "existing" || certificate.arn.startsWith(beginning)) return [];
  return [
    {
      path: ["layers", "route53", "certificate", "arn"],
      message: `"${certificate.arn}" is not in account "${account}" and region "${region}", which load balancers require`,
      hint: `Import the certificate there, and specify its ARN, which begins with "${beginning}"`,
    },
  ];
}
