import type { z } from "zod";
import { defineLayer } from "../../lib/layer";
import { text } from "../../lib/outputs";
import type { LayerStack } from "../../lib/stack";
import { vpc } from "../vpc/layer";
import { certificateProblems } from "./certificate-rules";
import { addImportedCertificate, pemVariables } from "./imported-certificate";
import { addIssuedCertificate, type Validation } from "./issued-certificate";
import { Settings } from "./settings";
import { addZones, delegate } from "./zones";

/** The orchestrator's names and the certificate for them. */
export const route53 = defineLayer({
  name: "route53",
  summary: "Public and private DNS zone, delegation, TLS certificate",
  settings: Settings,
  needs: { vpc },
  outputs: {
    publicZoneId: text("Hosted zone that the internet sees", /^Z/),
    privateZoneId: text("Hosted zone that the VPC sees", /^Z/),
    certificateArn: text("ACM certificate for the domain and its wildcard, issued", /:acm:.*:certificate\//),
  },
  check: certificateProblems,
  preconditions({ environment: { domain }, settings }) {
    if (!("parent" in domain) || settings.parentZoneId !== undefined) return [];
    return [{ type: "aws_route53_zone", attributes: { name: domain.parent } }];
  },
  secretFiles({ settings: { certificate } }): Readonly<Record<string, string>> {
    if (certificate.source !== "pem") return {};
    return {
      [pemVariables.certificate]: certificate.certificateFile,
      [pemVariables.privateKey]: certificate.privateKeyFile,
      [pemVariables.chain]: certificate.chainFile,
    };
  },
  build(stack, { settings, from }) {
    const { publicZone, privateZone } = addZones(stack, { vpcId: from.vpc.vpcId });
    const { domain } = stack.environment;
    const { parentZoneId, nsTtlSeconds: ttl } = settings;
    const reachableThrough =
      "parent" in domain ? [delegate(stack, publicZone, { parent: domain.parent, parentZoneId, ttl })] : [];
    return {
      publicZoneId: publicZone.zoneId,
      privateZoneId: privateZone.zoneId,
      certificateArn: certificateArn(stack, settings, { zoneId: publicZone.zoneId, reachableThrough }),
    };
  },
});

function certificateArn(
  stack: LayerStack,
  { certificate }: z.output<typeof Settings>,
  validation: Validation,
): string {
  switch (certificate.source) {
    case "acm":
      return addIssuedCertificate(stack, validation);
    case "pem":
      return addImportedCertificate(stack);
    case "existing":
      return certificate.arn;
  }
}
