import { z } from "zod";
import { explaining } from "../../../lib/layer/refused-value";
import { emailAddress } from "../../../lib/layer/email-address";

const path = (what: string) => z.string().min(1).describe(`${what}, PEM; relative to the environment file`);

const LetsEncrypt = z.strictObject({
  source: z
    .literal("lets-encrypt")
    .describe(
      "The platform requests a certificate of Let's Encrypt, renews it, and imports it into ACM. Until it is installed, the load balancers have one that signs itself. Only in the partition aws. A root domain must be delegated to the public zone before the argocd layer is applied",
    ),
  adminEmail: emailAddress
    .optional()
    .describe("Contact e-mail address of the account at Let's Encrypt; unset: hostmaster at the domain"),
});

const Pem = z.strictObject({
  source: z
    .literal("pem")
    .describe(
      "The certificate is imported into ACM, and stored in Secrets Manager for the platform (0.40 USD a month), from files, which every command that synthesises reads, validate and policy too: in a pipeline, each job needs them. Terraform stores the private key in this layer's (encrypted) state; `existing` avoids that",
    ),
  certificateFile: path(
    "Certificate of the domain and its wildcard, which may be followed by its intermediate certificates up to the root",
  ),
  privateKeyFile: path("Private key of the certificate, without a passphrase; never commit it"),
  chainFile: path(
    "Intermediate certificates up to the root; added to those in certificateFile, each once",
  ).optional(),
});

const Existing = z.strictObject({
  source: z
    .literal("existing")
    .describe(
      "An existing ACM certificate in the environment's region, which was imported and is also in Secrets Manager: programs of the platform trust only what is in the cluster, and ACM gives out no private key",
    ),
  arn: z
    .string()
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html
    .regex(
      /^arn:aws(-cn|-us-gov)?:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      'must be the ARN of a certificate in ACM, e.g. "arn:aws:acm:us-west-2:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
    )
    .describe("ARN of the certificate; it must cover the domain and its wildcard"),
  secretArn: z
    .string()
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
    .regex(
      /^arn:aws(-cn|-us-gov)?:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,505}-[A-Za-z0-9]{6}$/,
      'must be the ARN of a secret in Secrets Manager with its last six characters, e.g. "arn:aws:secretsmanager:us-west-2:123456789012:secret:certificate-AbCdEf"',
    )
    .describe(
      'ARN of a secret with the same certificate, a JSON object of PEM texts: "certificate", "chain" up to the root, and "privateKey"',
    ),
});

const former = {
  acm: {
    message:
      '"acm" is no longer offered: programs of the platform and edge nodes trust only a certificate that is also in the cluster, and ACM gives out no private key of one that it issues',
    hint: 'Set it to "lets-encrypt" in the partition aws; or to "pem" or "existing", with a certificate of yours',
  },
};

/** Source of the certificate that load balancers and the platform share. */
export const Certificate = z
  .discriminatedUnion("source", [LetsEncrypt, Pem, Existing], { error: explaining("source", former) })
  .default({ source: "lets-encrypt" });
