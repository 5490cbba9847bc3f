import type { z } from "zod";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";

interface CheckInputs {
  readonly environment: Pick<Environment, "account" | "partition" | "region">;
  readonly settings: Pick<z.output<typeof Settings>, "certificate">;
}

/** Reports an ARN of an existing certificate in another account or region, or of a secret in another region. */
export function existingCertificateProblems({
  environment: { account, partition, region },
  settings: { certificate },
}: CheckInputs): readonly Problem[] {
  if (certificate.source !== "existing") return [];
  const beginning = `arn:${partition}:acm:${region}:${account}:certificate/`;
  const secrets = `arn:${partition}:secretsmanager:${region}:`;
  return [
    ...(certificate.arn.startsWith(beginning)
      ? []
      : [otherPlace(certificate.arn, { account, region, beginning })]),
    ...(certificate.secretArn.startsWith(secrets)
      ? []
      : [otherRegion(certificate.secretArn, region, secrets)]),
  ];
}

function otherPlace(
  arn: string,
  {
    account,
    region,
    beginning,
  }: { readonly account: string; readonly region: string; readonly beginning: string },
): Problem {
  return {
    path: ["layers", "route53", "certificate", "arn"],
    message: `"${arn}" is not in account "${account}" and region "${region}", which load balancers require`,
    hint: `Import the certificate there, and specify its ARN, which begins with "${beginning}"`,
  };
}

/** Of another account it may be: its owner can share it. */
function otherRegion(arn: string, region: string, beginning: string): Problem {
  return {
    path: ["layers", "route53", "certificate", "secretArn"],
    message: `"${arn}" is not in region "${region}", where Terraform reads it`,
    hint: `Replicate the secret there, and specify the ARN of the replica, which begins with "${beginning}"`,
  };
}
