import type { Superseded } from "../../../lib/layer/superseded";

/** Names of the certificate by its source; the first is that of earlier releases, for every source. */
const names = ["certificate", "pem-certificate", "platform-certificate"] as const;

/** The certificates of other sources than the present one: load balancers use them until lb-waf and release-service are applied. */
export function supersededCertificates(): readonly Superseded[] {
  return names.map((name) => ({
    type: "aws_acm_certificate",
    name,
    what: "The former certificate",
    // Also for one that was imported: Terraform takes every argument from its state.
    required: { domain_name: "former.example.com", validation_method: "DNS" },
  }));
}
