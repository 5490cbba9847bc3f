import type { z } from "zod";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";

interface CheckInputs {
  readonly environment: Pick<Environment, "account" | "partition" | "region">;
  readonly settings: Pick<z.output<typeof Settings>, "certificate">;
}

/** What is wrong with the ARN of a certificate that is there already; whom it covers only ACM knows. */
export function existingCertificateProblems({
  environment: { account, partition, region },
  settings: { certificate },
}: CheckInputs): readonly Problem[] {
  const beginning = `arn:${partition}:acm:${region}:${account}:certificate/`;
  if (certificate.source !== "existing" || certificate.arn.startsWith(beginning)) return [];
  return [
    {
      path: ["layers", "route53", "certificate", "arn"],
      message: `"${certificate.arn}" is not of account "${account}" in "${region}", and load balancers take no other`,
      hint: `Import the certificate there, and write its ARN, which begins with "${beginning}"`,
    },
  ];
}
