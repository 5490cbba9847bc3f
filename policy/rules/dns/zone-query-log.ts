import { each } from "../../checks";
import type { Rule } from "../../rule";

export const zoneQueryLog: Rule = {
  id: "zone-query-log",
  title: "Public zones keep record of queries",
  publicIds: ["CKV2_AWS_39", "Route53.2"],
  reason: "Queries show who looks for names that do not exist, and what an intruder looked for",
  fix: "Add an aws_route53_query_log",
  check: each(["aws_route53_zone"], (zone, document) =>
    zone.has("vpc") || document.referring(zone, "aws_route53_query_log", "zone_id").length > 0
      ? undefined
      : "queries are not recorded",
  ),
};
