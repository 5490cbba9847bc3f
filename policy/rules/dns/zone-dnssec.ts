import { each } from "../../checks";
import type { Rule } from "../../rule";

export const zoneDnssec: Rule = {
  id: "zone-dnssec",
  title: "Answers of public zones are signed",
  publicIds: ["CKV2_AWS_38"],
  reason: "A resolver cannot tell a forged answer from a true one otherwise",
  fix: "Add an aws_route53_hosted_zone_dnssec, or record an exception",
  check: each(["aws_route53_zone"], (zone, document) =>
    zone.has("vpc") || document.referring(zone, "aws_route53_hosted_zone_dnssec", "hosted_zone_id").length > 0
      ? undefined
      : "its answers are not signed",
  ),
};
