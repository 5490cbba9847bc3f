import { z } from "zod";

/** Settings of every key. */
export const Settings = z.strictObject({
  deletionWindowInDays: z
    .int()
    .min(7)
    .max(30)
    .default(30)
    .describe(
      "Waiting period in days before a key scheduled for deletion is deleted, and with it everything it encrypts",
    ),
  rotationPeriodInDays: z
    .int()
    .min(90)
    .max(2560)
    .default(365)
    .describe(
      "Days between two rotations of the key material; each of the first two rotations adds 1 USD a month to the cost of the key",
    ),
});
