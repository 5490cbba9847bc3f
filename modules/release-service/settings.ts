import { z } from "zod";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";
import { vpcRange } from "../../lib/aws-facts/vpc-ranges";

const repositoryName = z
  .string()
  .regex(
    /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
    'must be the name of a repository, e.g. "edge-orch/common/files"',
  )
  .max(200, "must have at most 200 characters");

const anonymousPrefix = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._/-]*\/$/,
    'must begin with a letter or digit and end with a slash, e.g. "edge-orch/common/"',
  );

/** What an environment file may say about the release-service layer. */
export const Settings = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      "Serve files and OCI artefacts of one's own, at files-rs.<domain> and registry-rs.<domain> (about 110 USD a month and what is stored and fetched)",
    ),
  cidr: vpcRange
    .default("10.250.0.0/22")
    .describe("IPv4 range of the service's own VPC, which is connected to no other; /16 to /22"),
  repositories: z
    .array(repositoryName)
    .default([])
    .describe("Repositories of OCI artefacts; a tag that was pushed once never changes"),
  anonymousPrefixes: z
    .array(anonymousPrefix)
    .default([])
    .describe(
      "Beginnings of repository names and file paths that anybody may read; empty: every request needs a token",
    ),
  untaggedRetentionDays: z
    .int()
    .min(1)
    .default(14)
    .describe("Days that what no tag points to stays in a repository"),
  noncurrentVersionDays: z
    .int()
    .min(1)
    .default(30)
    .describe("Days that an overwritten or deleted file can still be brought back"),
  requestsPerFiveMinutes: z
    .int()
    .min(100)
    .default(5000)
    .describe("Requests from one address within five minutes, beyond which it has to wait"),
  logRetentionDays: logRetentionDays.default(365).describe("Days that logs are kept"),
});

/** Checked settings of the release-service layer. */
export type Settings = z.output<typeof Settings>;
