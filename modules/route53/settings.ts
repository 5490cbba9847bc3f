import { z } from "zod";
import { Zones } from "./zones/settings";

const path = (what: string) => z.string().min(1).describe(`${what}, PEM; relative to the environment file`);

const Certificate = z
  .discriminatedUnion("source", [
    z.strictObject({
      source: z
        .literal("acm")
        .describe(
          "ACM issues and renews the certificate. A root domain must be delegated to the public zone while the run waits for validation, at most 75 minutes",
        ),
    }),
    z.strictObject({
      source: z
        .literal("pem")
        .describe(
          "The certificate is imported into ACM from files, which every command that synthesises reads, validate and policy too: in a pipeline, each job needs them. Terraform stores the private key in this layer's (encrypted) state; `existing` avoids that",
        ),
      certificateFile: path(
        "Certificate of the domain and its wildcard, which may be followed by its intermediate certificates up to the root",
      ),
      privateKeyFile: path("Private key of the certificate, without a passphrase; never commit it"),
      chainFile: path(
        "Intermediate certificates up to the root; added to those in certificateFile, each once",
      ).optional(),
    }),
    z.strictObject({
      source: z.literal("existing").describe("An existing ACM certificate in the environment's region"),
      arn: z
        .string()
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html
        .regex(
          /^arn:aws(-cn|-us-gov)?:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
          'must be the ARN of a certificate in ACM, e.g. "arn:aws:acm:us-west-2:123456789012:certificate/12345678-1234-1234-1234-123456789012"',
        )
        .describe("ARN of the certificate; it must cover the domain and its wildcard"),
    }),
  ])
  .default({ source: "acm" });

/** Settings of the route53 layer in an environment file. */
export const Settings = z.strictObject({
  certificate: Certificate.describe("Source of the load balancers' certificate"),
  zones: Zones.prefault({ source: "new" }).describe("The hosted zones of the domain"),
});
