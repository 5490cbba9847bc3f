import { z } from "zod";
import { logRetentionDays } from "../../../lib/aws-facts/log-retention";

const zoneId = z.string().regex(/^Z[A-Z0-9]+$/, 'must be a hosted zone ID, e.g. "Z0123456789ABCDEFGHIJ"');

const QueryLog = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z
      .literal(true)
      .describe("Record every query that reaches the public zone, 0.50 USD a GB and 1 USD a month for a key"),
    retentionDays: logRetentionDays.default(365).describe("Days that queries are kept"),
  }),
  z.strictObject({ enabled: z.literal(false).describe("Record no queries") }),
]);

const NewZones = z.strictObject({
  source: z.literal("new").describe("A public and a private zone of the domain are made"),
  parentZoneId: zoneId
    .optional()
    .describe("Public hosted zone of the parent domain; unset: looked up by name"),
  nsTtlSeconds: z
    .int()
    .min(60)
    .max(172800)
    .default(900)
    .describe("Seconds that resolvers keep the delegation from the parent domain"),
  queryLog: QueryLog.prefault({ enabled: true }).describe("Log of the queries that reach the public zone"),
  certificateAuthorities: z
    .array(z.hostname())
    .default(["amazon.com", "letsencrypt.org"])
    .describe("Who may issue certificates for the domain (CAA), as they call themselves; empty: anybody"),
  dnssec: z
    .enum(["unsigned", "signed", "delegated"])
    .default("unsigned")
    .describe(
      "Signatures of the public zone's answers: none; signed, 1 USD a month for a key; delegated: the parent, which must be signed itself, vouches for them. Go one step at a time, either way, and wait for nsTtlSeconds and a day in between: a step too many takes the domain down",
    ),
});

/** Where the domain's zones come from. */
export const Zones = z.discriminatedUnion("source", [
  NewZones,
  z.strictObject({
    source: z.literal("existing").describe("Zones that somebody else made get the orchestrator's records"),
    publicZoneId: zoneId.describe("Public hosted zone of the domain"),
    privateZoneId: zoneId.describe("Private hosted zone of the domain; it must be associated with the VPC"),
  }),
  z.strictObject({
    source: z
      .literal("none")
      .describe(
        "No Route 53: whoever runs the domain's DNS points its names at the load balancers, which the outputs of lb-waf name",
      ),
  }),
]);
