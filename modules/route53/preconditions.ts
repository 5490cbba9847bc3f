import type { z } from "zod";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Precondition } from "../../lib/layer/layer";
import { simulatedSecret } from "../../lib/layer/secret-arn";
import type { Settings } from "./settings";

interface Given {
  readonly environment: Environment;
  readonly settings: z.output<typeof Settings>;
}

/** The zones, and the secret with the certificate, that must exist before the layer is applied. */
export function preconditions(given: Given): readonly Precondition[] {
  const { certificate } = given.settings;
  const secrets =
    certificate.source === "existing"
      ? simulatedSecret(certificate.secretArn, ["certificate", "chain", "privateKey"])
      : [];
  return [...requiredZones(given), ...secrets];
}

function requiredZones({ environment, settings: { zones } }: Given): readonly Precondition[] {
  const { domain } = environment;
  const name = orchestratorDomain(environment);
  switch (zones.source) {
    case "none":
      return [];
    case "existing":
      return [zone(name, zones.publicZoneId), zone(name, zones.privateZoneId)];
    case "new":
      return "parent" in domain ? [zone(domain.parent, zones.parentZoneId)] : [];
  }
}

function zone(name: string, id?: string): Precondition {
  return { type: "aws_route53_zone", attributes: id === undefined ? { name } : { name, id } };
}
