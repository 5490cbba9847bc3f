import { z } from "zod";
import { pathPrefix, repositoryName } from "./names";

/** Policies of a role have 10,240 characters in all: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const most = 10;

/**
 * Characters that have no meaning in IAM's conditions (`*`, `?`, `$`) and do not end a part of a subject (`:`). Other names
 * of branches exist, and none of them is needed to publish.
 */
const refText = /^[A-Za-z0-9][A-Za-z0-9._/+@-]*$/;

const ref = (kind: string, example: string) =>
  z
    .string()
    .regex(
      refText,
      `must be ${kind} of letters, digits and . _ / + @ - that begins with a letter or digit, e.g. "${example}"`,
    )
    .max(200, "must have at most 200 characters");

const branches = z
  .array(ref("the name of a branch", "main"))
  .default([])
  .describe("Branches whose pipelines may publish, by their whole names");
const tagPrefixes = z
  .array(ref("the beginning of names of tags", "v"))
  .default([])
  .describe(
    'Beginnings of the names of tags whose pipelines may publish: "v" is every tag from v1.0.0 on. Protect these tags: whoever may create one can publish',
  );

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html */
const issuer = z
  .string()
  .regex(
    /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(\/[A-Za-z0-9._~-]+)*$/,
    'must be the https:// URL of an issuer, its host in lower case and without port, query and final slash, e.g. "https://gitlab.example.com"',
  )
  .max(255, "must have at most 255 characters")
  // IAM has these built in, with other conditions:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
  .refine(
    (url) => !/^https:\/\/(accounts\.google\.com|cognito-identity\.amazonaws\.com)$/.test(url),
    "must not be Google or Amazon Cognito, whose tokens IAM judges by other claims",
  );

const audience = z
  .string()
  .regex(/^[A-Za-z0-9._:/-]+$/, 'must be of letters, digits and . _ : / -, e.g. "sts.amazonaws.com"')
  .max(255, "must have at most 255 characters");
const usualAudience = audience
  .default("sts.amazonaws.com")
  .describe("Audience (claim aud) for which the pipeline requests its token");

const id = z.int().min(1);

const targets = {
  repositories: z
    .array(repositoryName)
    .max(most, `must have at most ${most} entries`)
    .default([])
    .describe("Repositories, of those in layers.release-service.repositories, into which it may push"),
  pathPrefixes: z
    .array(pathPrefix.max(200, "must have at most 200 characters"))
    .max(most, `must have at most ${most} entries`)
    .default([])
    .describe("Prefixes of the paths of files that it may create, and never overwrite"),
};

const GitHub = z.strictObject({
  source: z.literal("github").describe("GitHub Actions"),
  issuer: issuer
    .default("https://token.actions.githubusercontent.com")
    .describe("Issuer of the tokens; another one for GitHub Enterprise"),
  audience: usualAudience,
  organization: z
    .string()
    .regex(
      /^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$/,
      "must be the name of an organisation or user, without its URL",
    )
    .max(39, "must have at most 39 characters")
    .describe("Organisation or user that owns the repository, spelt with the same capitals as on GitHub"),
  organizationId: id
    .optional()
    .describe(
      "Numeric ID of the organisation. Tokens of repositories that were created, renamed or transferred after 15 July 2026, or that opted in, contain it: set it together with repositoryId. Others: leave both out",
    ),
  repository: z
    .string()
    .regex(/^[A-Za-z0-9._-]+$/, "must be the name of a repository, without its organisation")
    .max(100, "must have at most 100 characters")
    .describe("Repository whose workflows publish, spelt with the same capitals as on GitHub"),
  repositoryId: id.optional().describe("Numeric ID of the repository, see organizationId"),
  branches,
  tagPrefixes,
  environments: z
    .array(ref("the name of an environment", "release"))
    .default([])
    .describe(
      "Environments of the repository (jobs.<job>.environment) that may publish. A job with an environment has only this one in its token, and no branch or tag",
    ),
  ...targets,
});

const GitLab = z.strictObject({
  source: z.literal("gitlab").describe("GitLab CI/CD"),
  issuer: issuer.default("https://gitlab.com").describe("URL of the GitLab instance"),
  audience: usualAudience,
  project: z
    .string()
    .regex(
      /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/,
      'must be the path of a project with its groups, e.g. "edge/installer"',
    )
    .max(400, "must have at most 400 characters")
    .describe("Path of the project whose pipelines publish, with all its groups"),
  branches,
  tagPrefixes,
  ...targets,
});

const Other = z.strictObject({
  source: z.literal("other").describe("Any other issuer of OIDC tokens"),
  issuer: issuer.describe("URL of the issuer (claim iss)"),
  audience: audience.describe("Audience of the tokens (claim aud)"),
  subjects: z
    .array(
      z
        .string()
        .regex(
          /^[A-Za-z0-9._:/@|+=,~-]+$/,
          "must be a whole subject (claim sub) of letters, digits and . _ : / @ | + = , ~ -",
        )
        .max(255, "must have at most 255 characters"),
    )
    .min(1, "must have at least one entry")
    .describe("Subjects (claim sub) that may publish; each is compared as a whole"),
  ...targets,
});

/** Who may publish: a repository, project or workload with OIDC tokens, and what it may publish. */
export const Publisher = z.discriminatedUnion("source", [GitHub, GitLab, Other]);

/** A validated publisher. */
export type Publisher = z.output<typeof Publisher>;
