import type { z } from "zod";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";

interface CheckInputs {
  readonly environment: Pick<Environment, "domain">;
  readonly settings: z.output<typeof Settings>;
}

/** What is wrong with zones although each setting alone is valid. */
export function zoneProblems({
  environment,
  settings: { zones, certificate },
}: CheckInputs): readonly Problem[] {
  const issued = certificate.source === "acm";
  switch (zones.source) {
    case "existing":
      return zones.publicZoneId === zones.privateZoneId ? [sameZone] : [];
    case "none":
      return issued ? [nowhereToProve] : [];
    case "new":
      return [
        ...(issued && excludesAcm(zones.certificateAuthorities) ? [acmExcluded] : []),
        ...(zones.dnssec === "delegated" && "root" in environment.domain ? [parentOfOthers] : []),
      ];
  }
}

/** As ACM calls itself: https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html */
const acm = "amazon.com";

const excludesAcm = (authorities: readonly string[]) => authorities.length > 0 && !authorities.includes(acm);

const at = (...path: string[]) => ["layers", "route53", ...path];

const sameZone: Problem = {
  path: at("zones", "privateZoneId"),
  message: "is the public zone, but the VPC and the internet each need a zone of their own",
  hint: "Name the private zone of the domain that is associated with the VPC",
};

const nowhereToProve: Problem = {
  path: at("zones", "source"),
  message: 'is "none", so there is no zone in which ACM could see that the domain is ours',
  hint: 'Set layers.route53.certificate.source to "existing" or "pem", or name zones',
};

const acmExcluded: Problem = {
  path: at("zones", "certificateAuthorities"),
  message: `does not list "${acm}", so ACM would not issue the certificate`,
  hint: `Add "${acm}", or choose another source in layers.route53.certificate`,
};

const parentOfOthers: Problem = {
  path: at("zones", "dnssec"),
  message: 'is "delegated", but the parent of a root domain is managed elsewhere',
  hint: 'Set it to "signed", and hand the DS record in the layer\'s outputs to the registrar',
};
