import { z } from "zod";
import { Zones } from "./zones/settings";

const path = (what: string) => z.string().min(1).describe(`${what}, PEM; relative to the environment file`);

const Certificate = z
  .discriminatedUnion("source", [
    z.strictObject({
      source: z
        .literal("acm")
        .describe(
          "ACM issues the certificate and renews it. A root domain must be delegated to the public zone while the run waits for it, 75 minutes at most",
        ),
    }),
    z.strictObject({
      source: z
        .literal("pem")
        .describe(
          "Files are imported into ACM and read again at every run. Terraform keeps the private key in this layer's (encrypted) state; `existing` avoids that",
        ),
      certificateFile: path("Certificate of the domain and its wildcard"),
      privateKeyFile: path("Its private key, not protected by a passphrase"),
      chainFile: path("Certificates between it and the root"),
    }),
    z.strictObject({
      source: z
        .literal("existing")
        .describe("A certificate that is already in ACM, in the environment's region"),
      arn: z
        .string()
        .regex(/^arn:aws(-cn|-us-gov)?:acm:/, "must be an ARN of acm")
        .describe("ARN of the certificate; it must cover the domain and its wildcard"),
    }),
  ])
  .default({ source: "acm" });

/** Settings of the zones and the certificate. */
export const Settings = z.strictObject({
  certificate: Certificate.describe("Where the load balancers' certificate comes from"),
  zones: Zones.prefault({ source: "new" }).describe("The hosted zones of the domain"),
});
