import { orchestratorDomain } from "./domain";
import type { Environment } from "./environment-schema";
import type { Problem } from "./layer";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html */
const longestHost = 128;

/** The setting that a domain comes from. */
export function domainSetting(domain: Environment["domain"]): Problem["path"] {
  return ["domain", "root" in domain ? "root" : "parent"];
}

/** Reports a domain with which hosts below it are too long for the conditions of listener rules. */
export function hostProblems(
  environment: Pick<Environment, "name" | "domain">,
  hosts: readonly string[],
): readonly Problem[] {
  const names = hosts.map((host) => `${host}.${orchestratorDomain(environment)}`);
  const longest = names.reduce((one, other) => (other.length > one.length ? other : one), "");
  const excess = longest.length - longestHost;
  if (excess <= 0) return [];
  return [
    {
      path: domainSetting(environment.domain),
      message: `"${longest}" has ${longest.length} characters, and the host in a rule of a load balancer at most ${longestHost}`,
      hint: shorten(environment.domain, excess),
    },
  ];
}

/** The hint for a domain that is too long. */
export function shorten(domain: Environment["domain"], excess: number): string {
  return `Shorten ${"root" in domain ? "the domain" : "the domain or the name of the environment"} by ${excess}`;
}
