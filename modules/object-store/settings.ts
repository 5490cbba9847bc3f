import { z } from "zod";

/** What an environment file may say about the object-store layer. */
export const Settings = z.strictObject({
  prefix: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/,
      "must be at most 20 lower-case letters, digits and dashes, no dash at either end",
    )
    .optional()
    .describe(
      "Middle of the buckets' names, <environment>-<prefix>-orch-loki-admin, which must be unique in the world; unset: the account ID",
    ),
  tracing: z
    .boolean()
    .default(false)
    .describe("Make a bucket for traces too, and a role for Tempo's pods, <environment>-tempo"),
  noncurrentVersionDays: z
    .int()
    .min(1)
    .default(7)
    .describe("Days that an overwritten or deleted object can still be brought back; they are paid for"),
});
