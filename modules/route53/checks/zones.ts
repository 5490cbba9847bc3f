import type { z } from "zod";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";

interface CheckInputs {
  readonly environment: Pick<Environment, "domain" | "partition">;
  readonly settings: z.output<typeof Settings>;
}

/** Reports invalid combinations of zone settings. */
export function zoneProblems({ environment, settings: { zones } }: CheckInputs): readonly Problem[] {
  switch (zones.source) {
    case "existing":
      return zones.publicZoneId === zones.privateZoneId ? [sameZone] : [];
    case "none":
      return [];
    case "new":
      return [
        ...(zones.dnssec !== "unsigned" && environment.partition === "aws-cn" ? [unsignable] : []),
        ...(zones.dnssec === "delegated" && "root" in environment.domain ? [unmanagedParent] : []),
      ];
  }
}

const at = (...path: string[]) => ["layers", "route53", ...path];

const sameZone: Problem = {
  path: at("zones", "privateZoneId"),
  message: "is the public zone, but the VPC and the internet need separate zones",
  hint: "Specify the private zone of the domain that is associated with the VPC",
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
