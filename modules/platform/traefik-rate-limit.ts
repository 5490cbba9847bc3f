import { z } from "zod";

/** Rate limit of the platform's ingress for each client, beside those of AWS WAF. */
export const TraefikRateLimit = z.discriminatedUnion("source", [
  z.strictObject({ source: z.literal("none").describe("No limit") }),
  z.strictObject({
    source: z
      .literal("profile")
      .describe("The platform's own limit: 600 requests a minute for each client, and bursts of 200"),
  }),
  z.strictObject({
    source: z.literal("own").describe("The numbers below"),
    average: z.int().min(1).max(1_000_000).describe("Requests of each client in a period"),
    periodSeconds: z.int().min(1).max(3600).default(60).describe("Period in seconds"),
    burst: z
      .int()
      .min(1)
      .max(1_000_000)
      .describe("Requests of each client that can arrive at once; an edge node sends up to 2,000 a minute"),
    ipStrategyDepth: z
      .int()
      .min(0)
      .max(10)
      .default(1)
      .describe(
        "Which address in X-Forwarded-For, from the right, identifies the client; 0: the address that connects, which is the load balancer's for all clients",
      ),
  }),
]);
