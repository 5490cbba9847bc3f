import { z } from "zod";

const price = "3000 USD a month for at least a year";

/** Settings of AWS Shield Advanced: off, or on with its price accepted in so many words. */
export const ShieldAdvanced = z.discriminatedUnion("enabled", [
  z.strictObject({ enabled: z.literal(false).describe("Shield Standard only, which is always on and free") }),
  z.strictObject({
    enabled: z
      .literal(true)
      .describe(
        "Shield Advanced protects the application load balancers, and the Elastic IP addresses of network load balancers",
      ),
    acceptedPrice: z
      .literal(price)
      .describe(
        `What the subscription costs the account, or the organisation once: write "${price}" to accept it. Data that leaves protected resources costs extra`,
      ),
    subscribe: z
      .boolean()
      .default(false)
      .describe(
        "Take out the subscription for the account; false: the account, or its organisation, has one already. It goes on after the environment is destroyed, and renews itself every year unless somebody stops that in its last 30 days",
      ),
  }),
]);

/** What an environment file may say about Shield. */
export type ShieldSettings = z.output<typeof ShieldAdvanced>;
