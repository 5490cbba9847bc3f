import { z } from "zod";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";
import { ShieldAdvanced } from "./shield/settings";

const tlsPolicies = [
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
] as const;

const rateLimit = z.strictObject({
  requests: z
    .int()
    .min(10)
    .max(2_000_000_000)
    .default(50_000)
    .describe(
      "Requests that one source address may make within the window; an edge node peaks at 2,000 a minute, so the default lets five peak behind one address",
    ),
  windowSeconds: z
    .literal([60, 120, 300, 600])
    .default(300)
    .describe("Length of the sliding window in which requests are counted"),
});

const ruleNames = (group: string) =>
  z
    .array(z.string().regex(/^[A-Za-z0-9_-]{1,128}$/, `must be the name of a rule in ${group}`))
    .default([])
    .describe(`Rules of ${group}`);

const countedRules = z.strictObject({
  common: ruleNames("AWSManagedRulesCommonRuleSet"),
  knownBadInputs: ruleNames("AWSManagedRulesKnownBadInputsRuleSet").refine(
    (names) => !names.some((name) => name.startsWith("Log4JRCE")),
    "must not count the Log4JRCE rules, which always block",
  ),
  ipReputation: ruleNames("AWSManagedRulesAmazonIpReputationList"),
  sqlInjection: ruleNames("AWSManagedRulesSQLiRuleSet"),
});

const waf = z.strictObject({
  mode: z
    .enum(["block", "count"])
    .default("block")
    .describe(
      "count: every rule only counts what it would block, to try the firewall out on real traffic; exploits of Log4j are blocked even then",
    ),
  rateLimit: rateLimit.prefault({}).describe("Blocks a source address that sends too many requests"),
  countedRules: countedRules
    .prefault({})
    .describe(
      "Rules that count instead of block, by managed group, e.g. NoUserAgent_HEADER in common; for rules that stop legitimate clients",
    ),
  logRetentionDays: logRetentionDays.default(365).describe("Days that the log of inspected requests is kept"),
});

/** What an environment file may say about the firewall of both application load balancers. */
export type WafSettings = z.output<typeof waf>;

const alarms = z.strictObject({
  errorsPerFiveMinutes: z
    .int()
    .min(0)
    .default(50)
    .describe(
      "Above how many requests that a load balancer got no answer for (5xx of its own) an alarm goes off",
    ),
  blockedRequestsPerFiveMinutes: z
    .int()
    .min(0)
    .default(1000)
    .describe("Above how many requests that a web ACL blocks an alarm goes off"),
});

/** From when on an operator hears of trouble at the entrances. */
export type AlarmSettings = z.output<typeof alarms>;

/** What an environment file may say about load balancers and WAF. */
export const Settings = z.strictObject({
  scheme: z
    .enum(["internet-facing", "internal"])
    .default("internet-facing")
    .describe("Whether load balancers have public addresses or only private ones; fixed once they exist"),
  elasticIpAddresses: z
    .boolean()
    .default(false)
    .describe(
      "Give each network load balancer three Elastic IP addresses, which firewalls of edge sites can name and Shield Advanced can protect; the account's quota is 5 unless raised. Fixed once they exist: a change replaces them",
    ),
  vpro: z
    .boolean()
    .default(false)
    .describe(
      "A network load balancer on port 4433, host mps, for edge nodes that are managed with Intel vPro; about 17 USD a month",
    ),
  wildcardRecord: z
    .boolean()
    .default(false)
    .describe("Lead every name below the domain that has no record of its own to the orchestrator"),
  tlsPolicy: z
    .enum(tlsPolicies)
    .default("ELBSecurityPolicy-TLS13-1-2-2021-06")
    .describe("TLS versions and ciphers offered to clients; the FIPS policies use validated modules only"),
  idleTimeoutSeconds: z
    .int()
    .min(1)
    .max(4000)
    .default(60)
    .describe("After how much silence an application load balancer closes a connection"),
  waf: waf.prefault({}).describe("The web application firewall in front of both application load balancers"),
  shieldAdvanced: ShieldAdvanced.default({ enabled: false }).describe(
    "AWS's paid protection against floods of traffic",
  ),
  alarms: alarms
    .prefault({})
    .describe("When the alarm topic of the audit layer is told; unhealthy targets always are"),
});
