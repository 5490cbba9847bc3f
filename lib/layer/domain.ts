import type { Environment } from "./environment-schema";

/** The orchestrator's fully qualified domain name, without a trailing dot. */
export function orchestratorDomain({ name, domain }: Pick<Environment, "name" | "domain">): string {
  return "root" in domain ? domain.root : `${name}.${domain.parent}`;
}
