import type { z } from "zod";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import { domainSetting, shorten } from "../../lib/layer/host-length";
import type { Problem } from "../../lib/layer/layer";
import { authorityNames, type route53 } from "../route53/layer";
import { hostLabels } from "./hosts";

type Dns = z.output<(typeof route53)["settings"]>;

/** ACM's names in CAA records, of which one is enough: https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html */
const acm = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];
/** For the first name of a certificate: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const longestName = 64;

/** Reports what keeps ACM from issuing the release service's own certificate. */
export function certificateProblems(
  environment: Pick<Environment, "name" | "domain">,
  { certificate, zones }: Dns,
): readonly Problem[] {
  if (certificate.source !== "lets-encrypt") return [];
  const authorities = zones.source === "new" ? authorityNames(zones.certificateAuthorities) : [];
  return [
    ...(authorities.length > 0 && !authorities.some((name) => acm.includes(name)) ? [excluded] : []),
    ...tooLong(environment),
  ];
}

const excluded: Problem = {
  path: ["layers", "route53", "zones", "certificateAuthorities"],
  message: 'does not list "amazon.com", so ACM cannot issue the certificate of the release service',
  hint: 'Add "amazon.com", or choose another source in layers.route53.certificate',
};

function tooLong(environment: Pick<Environment, "name" | "domain">): readonly Problem[] {
  const name = `${hostLabels.files}.${orchestratorDomain(environment)}`;
  const excess = name.length - longestName;
  if (excess <= 0) return [];
  return [
    {
      path: domainSetting(environment.domain),
      message: `"${name}" has ${name.length} characters, and a name for which ACM issues a certificate has at most ${longestName}`,
      hint: `${shorten(environment.domain, excess)}, or set layers.route53.certificate.source to "existing" or "pem"`,
    },
  ];
}
