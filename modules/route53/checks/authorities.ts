import type { z } from "zod";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";
import { authorityName, authorityParameters } from "../zones/authority";

/** Its name in CAA records: https://letsencrypt.org/docs/caa/ */
const letsEncrypt = "letsencrypt.org";
const otherSource = 'set layers.route53.certificate.source to "existing" or "pem"';

/** Reports what keeps Let's Encrypt from issuing the certificate, or the platform from requesting it. */
export function letsEncryptProblems({
  environment: { partition },
  settings: { zones, certificate },
}: {
  readonly environment: Pick<Environment, "partition">;
  readonly settings: z.output<typeof Settings>;
}): readonly Problem[] {
  if (certificate.source !== "lets-encrypt") return [];
  if (partition !== "aws") return [elsewhere(partition)];
  if (zones.source === "none") return [noZone];
  const authorities = zones.source === "new" ? zones.certificateAuthorities : [];
  const own = authorities.filter((authority) => authorityName(authority) === letsEncrypt);
  if (authorities.length > 0 && own.length === 0) return [excluded];
  return own.length > 0 && !own.some(allowsDns) ? [excludedMethod] : [];
}

/** RFC 8657; the account is created in the cluster, so that no record can name it before. */
function allowsDns(authority: string): boolean {
  return authorityParameters(authority).every(
    ({ name, value }) =>
      name !== "accounturi" && (name !== "validationmethods" || value.split(",").includes("dns-01")),
  );
}

const at = (...path: string[]) => ["layers", "route53", ...path];

/**
 * GovCloud has had public zones since 2025, but the charts name roles and cert-manager's zones for the partition aws:
 * https://aws.amazon.com/blogs/networking-and-content-delivery/introducing-amazon-route-53-authoritative-dns-service-for-public-hosted-zones-in-aws-govcloud-us-regions/
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/main/argocd/applications/custom/platform-autocert.tpl
 * The platform's profile for Let's Encrypt has cert-manager ask dns.google:
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/main/orch-configs/profiles/profile-autocert.yaml
 */
const reasons = {
  "aws-us-gov":
    "the charts with which the platform requests it are written for the partition aws, and were tried in no other",
  "aws-cn": "the platform asks the resolver dns.google about the domain, which cannot be reached from China",
} as const;

function elsewhere(partition: keyof typeof reasons): Problem {
  return {
    path: at("certificate", "source"),
    message: `is "lets-encrypt" in the partition "${partition}": ${reasons[partition]}`,
    hint: `Set it to "existing" or "pem"`,
  };
}

const noZone: Problem = {
  path: at("zones", "source"),
  message: `is "none", so there is no zone in which the platform can prove the domain to Let's Encrypt`,
  hint: 'Set layers.route53.certificate.source to "existing" or "pem", or specify zones',
};

const excluded: Problem = {
  path: at("zones", "certificateAuthorities"),
  message: `does not list "${letsEncrypt}", so Let's Encrypt cannot issue the certificate`,
  hint: `Add "${letsEncrypt}", or ${otherSource}`,
};

const excludedMethod: Problem = {
  path: at("zones", "certificateAuthorities"),
  message: `lists "${letsEncrypt}" with parameters that exclude the platform, which creates an account of its own and proves the domain by dns-01`,
  hint: `List "${letsEncrypt}" without accounturi, and without validationmethods or with "dns-01" in it`,
};
