import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { TerraformVariable } from "cdktf";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";

/** Terraform variables for what is taken from the PEM files, which is set at run time and not part of the JSON. */
export const pemVariables = {
  certificate: "certificate_body",
  privateKey: "certificate_private_key",
  chain: "certificate_chain",
} as const;

/** Adds a certificate imported from PEM files; returns its ARN. */
export function addImportedCertificate(stack: LayerStack): string {
  const variable = (name: string, description: string) =>
    new TerraformVariable(stack, name, { type: "string", sensitive: true, nullable: false, description })
      .stringValue;
  const domain = orchestratorDomain(stack.environment);
  return new AcmCertificate(stack, "certificate", {
    certificateBody: variable(pemVariables.certificate, `Certificate of ${domain}, PEM`),
    privateKey: variable(pemVariables.privateKey, "Its private key, PEM"),
    certificateChain: variable(
      pemVariables.chain,
      "Certificates between it and the root, PEM; empty for a certificate that signs itself",
    ),
    tags: { Name: domain },
    lifecycle: { createBeforeDestroy: true },
  }).arn;
}
