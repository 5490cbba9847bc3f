import { z } from "zod";

/** What an environment file may say about the account layer. */
export const Settings = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      "Manage settings that hold for the whole account; in one environment of an account only, because destroying it takes them back",
    ),
  ebsEncryption: z
    .boolean()
    .default(true)
    .describe("Encrypt every new disk in the region, whoever makes it; needs `enabled`"),
  s3PublicAccessBlock: z
    .boolean()
    .default(true)
    .describe(
      "Refuse public access to every bucket of the account, also to those that are public today; needs `enabled`",
    ),
});
