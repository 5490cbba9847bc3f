import { z } from "zod";
import { lifecycleDays } from "../../lib/aws-facts/lifecycle-days";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";
import { newVpcRange } from "../../lib/aws-facts/vpc-ranges";
import { loggedRequests } from "../../lib/constructs/web-acl-logging";
import { pathPrefix, repositoryName } from "./publishers/names";
import { Publisher } from "./publishers/settings";

/** The other variables of the proxy take up to 1 KB. */
const mostPrefixText = 3000;

/** Settings of the release-service layer in an environment file. */
export const Settings = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      "Serve your own files and OCI artefacts at files-rs.<domain> and registry-rs.<domain> (about 110 USD a month, plus storage and data transfer)",
    ),
  cidr: newVpcRange.default("10.250.0.0/22").describe("IPv4 range of the service's separate VPC, /16 to /22"),
  repositories: z
    .array(repositoryName)
    .default([])
    .describe("Repositories of OCI artefacts; tags are immutable"),
  anonymousPrefixes: z
    .array(pathPrefix)
    // All environment variables of a function have 4 KB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    .refine(
      (prefixes) => JSON.stringify(prefixes).length <= mostPrefixText,
      `must have at most ${mostPrefixText} characters in all, written as JSON`,
    )
    .default([])
    .describe(
      "Prefixes of repository names and file paths that can be read anonymously; empty: every request requires a token",
    ),
  publishers: z
    .record(
      z
        .string()
        .regex(
          /^[a-z][a-z0-9-]*$/,
          "must begin with a lower-case letter, and be of lower-case letters, digits and dashes",
        )
        // The name of its role has 64 at most, with the environment's name of up to 20 before it.
        .max(25, "must have at most 25 characters"),
      Publisher,
    )
    .default({})
    .describe(
      "Pipelines that may publish, by name: each gets an IAM role for tokens of its OIDC issuer, limited to its repositories and paths (no cost)",
    ),
  identityProviderArns: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws(-cn|-us-gov)?:iam::\d{12}:oidc-provider\/[A-Za-z0-9._~/-]+$/,
          'must be the ARN of an OIDC provider in IAM, e.g. "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"',
        ),
    )
    .default([])
    .describe(
      "OIDC providers of publishers' issuers that the account has already; the layer creates those of the others. An account has one for each issuer",
    ),
  untaggedRetentionDays: lifecycleDays(1)
    .default(14)
    .describe("Days after which untagged images are deleted"),
  noncurrentVersionDays: lifecycleDays(1)
    .default(30)
    .describe("Days that an overwritten or deleted file can still be restored"),
  requestsPerFiveMinutes: z
    .int()
    // https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
    .min(10)
    .max(2_000_000_000)
    .default(5000)
    .describe(
      "Rate limit per source address, in requests within five minutes; the orchestrator's own NAT addresses are exempt",
    ),
  reservedConcurrency: z
    .union([z.int().min(1), z.literal("none")])
    .default(50)
    .describe(
      "Most requests that the proxy serves at the same time, which Lambda reserves for it (no cost): a flood of requests is throttled and leaves the rest of the account's concurrency to other functions. Lambda refuses it unless at least 100 executions stay unreserved, which a new account with a limit of 10 does not have; none: no reservation and no maximum",
    ),
  loggedRequests,
  logRetentionDays: logRetentionDays.default(365).describe("Retention of logs in days"),
});

/** Validated settings of the release-service layer. */
export type Settings = z.output<typeof Settings>;
