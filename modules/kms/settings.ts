import { z } from "zod";

/** Settings that hold for every key. */
export const Settings = z.strictObject({
  deletionWindowInDays: z
    .int()
    .min(7)
    .max(30)
    .default(30)
    .describe("Days between asking for a key's deletion and losing all that it encrypts"),
  rotationPeriodInDays: z
    .int()
    .min(90)
    .max(2560)
    .default(365)
    .describe(
      "Days between two rotations of the key material; the first two add 1 USD a month each to a key's cost",
    ),
});
