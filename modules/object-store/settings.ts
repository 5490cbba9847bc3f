import { z } from "zod";
import { lifecycleDays } from "../../lib/aws-facts/lifecycle-days";

/** Settings of the object-store layer in an environment file. */
export const Settings = z.strictObject({
  prefix: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/,
      "must be at most 20 lower-case letters, digits and dashes, no dash at either end",
    )
    .optional()
    .describe(
      "Middle part of the bucket names, <environment>-<prefix>-orch-loki-admin, which must be globally unique; unset: the account ID",
    ),
  tracing: z
    .boolean()
    .default(false)
    .describe("Create a bucket for traces, and a role for Tempo's pods, <environment>-tempo"),
  noncurrentVersionDays: lifecycleDays(1)
    .default(7)
    .describe(
      "Days that an overwritten or deleted object can still be restored; noncurrent versions are billed",
    ),
});
