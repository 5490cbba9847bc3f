import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Problem } from "../../lib/layer/layer";
import { uncertifiable } from "../../lib/layer/public-domain";
import type { Settings } from "./settings";

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
