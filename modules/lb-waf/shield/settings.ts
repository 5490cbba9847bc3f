import { z } from "zod";

const price = "3000 USD a month for at least a year";

/** Settings of AWS Shield Advanced: disabled, or enabled with explicit acceptance of its price. */
export const ShieldAdvanced = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z.literal(false).describe("Shield Standard only, which is always enabled and free"),
  }),
  z.strictObject({
    enabled: z
      .literal(true)
      .describe(
        "Shield Advanced protects the application load balancers, and the Elastic IP addresses of network load balancers",
      ),
    acceptedPrice: z
      .literal(price)
      .describe(
        `Price of the subscription per account, or once per organisation: set "${price}" to accept it. Data transfer out of protected resources is billed in addition`,
      ),
    subscribe: z
      .boolean()
      .default(false)
      .describe(
        "Subscribe the account to Shield Advanced; false: the account or its organisation is already subscribed. The subscription remains after the environment is destroyed, and renews every year unless auto-renewal is disabled in its last 30 days",
      ),
  }),
]);

/** Settings of Shield in an environment file. */
export type ShieldSettings = z.output<typeof ShieldAdvanced>;
