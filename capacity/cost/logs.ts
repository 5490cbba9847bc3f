import type { Range } from "../../lib/layer/prices";
import type { Resource } from "../../synthesis/resource";
import { type CostBasis, type CostLine, costLines } from "./line";

/** A record of AWS WAF has 2 KB: https://docs.aws.amazon.com/waf/latest/developerguide/logging-examples.html */
const gbByMillionRequests = 2;
/** A record has some 200 bytes: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html */
const gbByMillionQueries = 0.2;
/** Share of requests that rules block or count. */
const blockedOrCounted: Range = [0.001, 0.02];

/** Logs in CloudWatch: of requests to web ACLs, of DNS queries, and of everything else. */
export function costOfLogs(basis: CostBasis): readonly CostLine[] {
  const { synthesised, prices, usage } = basis;
  const other = synthesised.of("aws_cloudwatch_log_group").length === 0 ? 0 : usage.logGb;
  const items = [
    { item: "logs of requests to web ACLs", amount: gbOfRequests(basis) },
    { item: "logs of DNS queries", amount: gbOfQueries(basis) },
    { item: "other logs", amount: other },
  ];
  const shared = { topic: "monitoring", price: prices.of("logGb"), unit: "GB", assumed: true } as const;
  return costLines(items.map((line) => ({ ...shared, ...line })));
}

/** Every web ACL is taken to inspect as many requests as the others. */
function gbOfRequests({ synthesised, usage }: CostBasis): Range {
  const logs = synthesised.of("aws_wafv2_web_acl_logging_configuration");
  if (logs.length === 0) return [0, 0];
  const gb = (end: 0 | 1) => {
    const share = logs.reduce((sum, log) => sum + loggedShare(log)[end], 0) / logs.length;
    return usage.millionRequests[end] * gbByMillionRequests * share;
  };
  return [gb(0), gb(1)];
}

function loggedShare(log: Resource): Range {
  return log.texts("logging_filter.default_behavior").includes("DROP") ? blockedOrCounted : [1, 1];
}

function gbOfQueries({ synthesised, usage }: CostBasis): Range {
  const [low, high] = usage.millionQueries;
  const logs = synthesised.of("aws_route53_query_log").length;
  return logs === 0 ? [0, 0] : [low * gbByMillionQueries, high * gbByMillionQueries];
}
