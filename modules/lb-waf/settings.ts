import { z } from "zod";

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
    .union([z.literal(60), z.literal(120), z.literal(300), z.literal(600)])
    .default(300)
    .describe("Length of the sliding window in which requests are counted"),
});

const waf = z.strictObject({
  rateLimit: rateLimit.prefault({}).describe("Blocks a source address that sends too many requests"),
  countedRules: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{1,128}$/, "must be the name of a rule in a managed rule group"))
    .default([])
    .describe(
      "Rules of the managed groups that count instead of block, e.g. NoUserAgent_HEADER; for rules that stop legitimate clients",
    ),
  logRetentionDays: z
    .literal([365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653])
    .default(365)
    .describe("How long the log of inspected requests is kept"),
});

/** What an environment file may say about load balancers and WAF. */
export const LoadBalancerSettings = z.strictObject({
  scheme: z
    .enum(["internet-facing", "internal"])
    .default("internet-facing")
    .describe("Whether load balancers have public addresses or only private ones"),
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
});
