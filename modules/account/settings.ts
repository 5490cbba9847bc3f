import { z } from "zod";

/** Settings of the account layer in an environment file. */
export const Settings = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      "Manage settings of the whole account; enable it in only one environment per account, because destroying the environment reverts them",
    ),
  ebsEncryption: z
    .boolean()
    .default(true)
    .describe("EBS encryption by default for all new volumes in the region; requires `enabled`"),
  s3PublicAccessBlock: z
    .boolean()
    .default(true)
    .describe(
      "S3 Block Public Access for all buckets of the account, including existing public buckets; requires `enabled`",
    ),
});
