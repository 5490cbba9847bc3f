import type { z } from "zod";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";
import { authorityName } from "../zones/authority";

interface CheckInputs {
  readonly environment: Pick<Environment, "domain" | "partition">;
  readonly settings: z.output<typeof Settings>;
}

/** Reports invalid combinations of zone settings. */
export function zoneProblems({
  environment,
  settings: { zones, certificate },
}: CheckInputs): readonly Problem[] {
  const issued = certificate.source === "acm";
  switch (zones.source) {
    case "existing":
      return zones.publicZoneId === zones.privateZoneId ? [sameZone] : [];
    case "none":
      return issued ? [noValidationZone] : [];
    case "new":
      return [
        ...(issued && excludesAcm(zones.certificateAuthorities) ? [acmExcluded] : []),
        ...(zones.dnssec !== "unsigned" && environment.partition === "aws-cn" ? [unsignable] : []),
        ...(zones.dnssec === "delegated" && "root" in environment.domain ? [unmanagedParent] : []),
      ];
  }
}

/** ACM's names in CAA records, of which one is enough: https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html */
const acm = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

const excludesAcm = (authorities: readonly string[]) =>
  authorities.length > 0 && !authorities.some((authority) => acm.includes(authorityName(authority)));

const at = (...path: string[]) => ["layers", "route53", ...path];

const sameZone: Problem = {
  path: at("zones", "privateZoneId"),
  message: "is the public zone, but the VPC and the internet need separate zones",
  hint: "Specify the private zone of the domain that is associated with the VPC",
};

const noValidationZone: Problem = {
  path: at("zones", "source"),
  message: 'is "none", so there is no zone for DNS validation by ACM',
  hint: 'Set layers.route53.certificate.source to "existing" or "pem", or specify zones',
};

const acmExcluded: Problem = {
  path: at("zones", "certificateAuthorities"),
  message: 'does not list "amazon.com", so ACM cannot issue the certificate',
  hint: 'Add "amazon.com", or choose another source in layers.route53.certificate',
};

// https://docs.amazonaws.cn/en_us/aws/latest/userguide/route53.html
const unsignable: Problem = {
  path: at("zones", "dnssec"),
  message: "requires DNSSEC signing, which Route 53 does not offer in China",
  hint: 'Set it to "unsigned"',
};

const unmanagedParent: Problem = {
  path: at("zones", "dnssec"),
  message: 'is "delegated", but the parent zone of a root domain is not managed by this environment',
  hint: 'Set it to "signed", and add the DS record from the layer\'s outputs at the registrar',
};
