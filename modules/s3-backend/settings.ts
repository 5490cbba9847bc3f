import { z } from "zod";
import { lifecycleDays } from "../../lib/aws-facts/lifecycle-days";

/** Settings of the state bucket; its name, region and key are in the environment file's `state`. */
export const Settings = z.strictObject({
  noncurrentVersionDays: lifecycleDays(90)
    .default(90)
    .describe("Days that an overwritten state version can still be restored"),
  denyInsecureTransport: z
    .boolean()
    .default(true)
    .describe(
      "Deny requests without TLS 1.2 or later; set it to false only for an S3 emulator that ignores policy conditions and would deny every request",
    ),
});
