import { z } from "zod";
import { logRetentionDays } from "../../../lib/aws-facts/log-retention";
import { certificateAuthority } from "./authority";

const zoneId = z.string().regex(/^Z[A-Z0-9]+$/, 'must be a hosted zone ID, e.g. "Z0123456789ABCDEFGHIJ"');

const QueryLog = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z
      .literal(true)
      .describe("Log the queries for the public zone (0.50 USD per GB, and 1 USD a month for a key)"),
    retentionDays: logRetentionDays.default(365).describe("Retention of the query log in days"),
  }),
  z.strictObject({ enabled: z.literal(false).describe("Log no queries") }),
]);

const NewZones = z.strictObject({
  source: z.literal("new").describe("Create a public and a private zone of the domain"),
  parentZoneId: zoneId
    .optional()
    .describe("ID of the public hosted zone of the parent domain; unset: found by name"),
  nsTtlSeconds: z.int().min(60).max(172800).default(900).describe("TTL of the delegation in the parent zone"),
  queryLog: QueryLog.prefault({ enabled: true }).describe("Query log of the public zone"),
  certificateAuthorities: z
    .array(certificateAuthority)
    .default(["amazon.com", "letsencrypt.org"])
    .describe(
      "Certificate authorities allowed to issue certificates for the domain (CAA records), with parameters behind semicolons if they have any; empty: any",
    ),
  dnssec: z
    .enum(["unsigned", "signed", "delegated"])
    .default("unsigned")
    .describe(
      "DNSSEC of the public zone: unsigned; signed (1 USD a month for a key); delegated: a DS record in the parent zone, which must be signed itself. Change one step at a time, in either direction, and wait for nsTtlSeconds and a day in between: otherwise the domain no longer resolves",
    ),
});

/** Source of the domain's zones. */
export const Zones = z.discriminatedUnion("source", [
  NewZones,
  z.strictObject({
    source: z
      .literal("existing")
      .describe("Use existing zones, and create the orchestrator's records in them"),
    publicZoneId: zoneId.describe("Public hosted zone of the domain"),
    privateZoneId: zoneId.describe("Private hosted zone of the domain; it must be associated with the VPC"),
  }),
  z.strictObject({
    source: z
      .literal("none")
      .describe(
        "No Route 53: create the DNS records for the load balancers in your own DNS; their DNS names are in the outputs of lb-waf",
      ),
  }),
]);
