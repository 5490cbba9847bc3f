import type { z } from "zod";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Problem } from "../../lib/layer/layer";
import { uncertifiable } from "../../lib/layer/public-domain";
import type { route53 } from "../route53/layer";
import type { Settings } from "./settings";

const letsEncrypt = "letsencrypt.org";

/** Reports CAA records that exclude the authority which the platform asks: https://letsencrypt.org/docs/caa/ */
export function excludedAuthorityProblems(
  { adminEmail }: Pick<Settings, "adminEmail">,
  { zones }: z.output<(typeof route53)["settings"]>,
): readonly Problem[] {
  if (adminEmail === undefined || zones.source !== "new") return [];
  const { certificateAuthorities: authorities } = zones;
  if (authorities.length === 0 || authorities.includes(letsEncrypt)) return [];
  return [
    {
      path: ["layers", "argocd", "adminEmail"],
      message: `has the platform request certificates from Let's Encrypt, which layers.route53.zones.certificateAuthorities does not list`,
      hint: `Add "${letsEncrypt}" to the list, or remove adminEmail`,
    },
  ];
}

/** Reports a domain for which the certificate authority that the platform asks with an e-mail address issues nothing. */
export function authorityProblems(
  environment: Pick<Environment, "name" | "domain">,
  { adminEmail }: Pick<Settings, "adminEmail">,
): readonly Problem[] {
  const reason = adminEmail === undefined ? undefined : uncertifiable(orchestratorDomain(environment));
  if (reason === undefined) return [];
  return [
    {
      path: ["layers", "argocd", "adminEmail"],
      message: `has the platform request certificates from Let's Encrypt, but ${reason}`,
      hint: "Remove it, or choose a domain that is registered in the public DNS",
    },
  ];
}
