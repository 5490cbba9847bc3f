import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, TerraformVariable, Token } from "cdktf";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";

/** Terraform variables for what is taken from the PEM files, which is set at run time and not part of the JSON. */
export const pemVariables = {
  certificate: "certificate_body",
  privateKey: "certificate_private_key",
  chain: "certificate_chain",
  root: "certificate_root",
} as const;

type Pem = Readonly<Record<keyof typeof pemVariables, string>>;

/** Adds a certificate imported from PEM files, and a secret with the same for the platform; returns their ARNs. */
export function addImportedCertificate(
  stack: LayerStack,
  keyArn: string,
): { readonly arn: string; readonly secretArn: string } {
  const domain = orchestratorDomain(stack.environment);
  const pem = addVariables(stack, domain);
  // Earlier releases named the only certificate "certificate"; another name for each source lets a certificate stay while
  // load balancers of a later layer still use it.
  const { arn } = new AcmCertificate(stack, "pem-certificate", {
    certificateBody: pem.certificate,
    privateKey: pem.privateKey,
    certificateChain: pem.chain,
    tags: { Name: domain },
    lifecycle: { createBeforeDestroy: true },
  });
  return { arn, secretArn: addSecret(stack, pem, { domain, keyArn }) };
}

function addVariables(stack: LayerStack, domain: string): Pem {
  const variable = (name: string, description: string) =>
    new TerraformVariable(stack, name, { type: "string", sensitive: true, nullable: false, description })
      .stringValue;
  return {
    certificate: variable(pemVariables.certificate, `Certificate of ${domain}, PEM`),
    privateKey: variable(pemVariables.privateKey, "Its private key, PEM"),
    chain: variable(
      pemVariables.chain,
      "Certificates between it and the root, PEM; empty for a certificate that signs itself",
    ),
    root: variable(pemVariables.root, "Public root that the chain leaves out, PEM; empty if it does not"),
  };
}

/** Adds the secret, in the form that the setting secretArn describes. */
function addSecret(
  stack: LayerStack,
  { certificate, privateKey, chain, root }: Pem,
  { domain, keyArn }: { readonly domain: string; readonly keyArn: string },
): string {
  const secret = new SecretsmanagerSecret(stack, "certificate-secret", {
    name: stack.named("secret", "certificate"),
    description: `Certificate, chain and private key of ${domain}`,
    kmsKeyId: keyArn,
    // The files have the same, and a secret in its recovery window would block the name when the source changes back.
    recoveryWindowInDays: 0,
  });
  new SecretsmanagerSecretVersion(stack, "certificate-secret-version", {
    secretId: secret.id,
    secretStringWo: Fn.jsonencode({ certificate, chain: Fn.join("", [chain, root]), privateKey }),
    // Terraform does not see a change of what is write-only. Another key has another certificate.
    secretStringWoVersion: Token.asNumber(
      Fn.parseint(Fn.substr(Fn.sha256(Fn.join("", [certificate, chain, root])), 0, 7), 16),
    ),
  });
  return secret.arn;
}
