import { z } from "zod";
import { domainName } from "./domain-name";
import { sourceRange } from "./source-range";
import { environmentName } from "./environment-name";
import { iamSettings } from "./iam-settings";
import { regionName } from "./region-name";
import { nameInIam, sameness } from "./sameness";
import { resourceTags, tagKeys, tagValue } from "./tags";

/** Numbers of edge nodes that an environment can be sized for; values are in `modules/<layer>/scale.ts`. */
export const scaleProfiles = ["default", "100en", "500en", "1ken", "10ken"] as const;
export type ScaleProfile = (typeof scaleProfiles)[number];

/** Free text; rejects text that Terraform would evaluate as an expression. */
export const plainText = z
  .string()
  .min(1)
  .refine((value) => !/[$%]\{/.test(value), "must not contain ${ or %{, which Terraform would evaluate");

const roleArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/([\w+=,.@-]+\/)*[\w+=,.@-]+$/,
    'must be the ARN of an IAM role, e.g. "arn:aws:iam::123456789012:role/admin"',
  )
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
  .refine(
    (arn) => !/[^/]{65}$/.test(arn),
    "must end with the name of a role, which has at most 64 characters",
  )
  .register(sameness, nameInIam);
const keyArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    'must be the ARN of a KMS key, e.g. "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"',
  );
/** Names that S3 reserves: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const reservedBucketName =
  /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$|\.\.|^(\d+\.){3}\d+$/;

/** Every field of an environment file except `layers`: the values that all layers can read. */
export const Environment = z.strictObject({
  name: environmentName.describe("Prefix of every physical name, name of the EKS cluster and of the VPC"),
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be 12 digits, e.g. "123456789012"')
    .describe("AWS account ID"),
  region: regionName.describe("AWS region of all resources; the state bucket can be in another region"),
  partition: z.enum(["aws", "aws-us-gov", "aws-cn"]).default("aws").describe("AWS partition of the region"),
  skipRegionValidation: z
    .boolean()
    .default(false)
    .describe(
      "Accept regions and zones that are newer than this release; sets Terraform's skip_region_validation",
    ),
  zones: z
    .array(z.string())
    .length(3, "must name exactly three availability zones")
    .describe("Three availability zones of the region"),
  state: z
    .strictObject({
      bucket: z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
          "must be an S3 bucket name: 3 to 63 lower-case letters, digits, dots, dashes",
        )
        .refine((name) => !reservedBucketName.test(name), "must not be a name that S3 reserves")
        .describe("S3 bucket that holds the Terraform state of every layer"),
      region: regionName.describe("Region of the state bucket"),
      kmsKeyArn: keyArn
        .optional()
        .describe(
          "ARN of a customer-managed KMS key for the state; default: the s3-backend layer creates one",
        ),
      existing: z
        .boolean()
        .default(false)
        .describe(
          "The bucket is managed outside this environment, and may be shared by several environments; it is used but not changed",
        ),
    })
    .describe("Location of Terraform state"),
  domain: z
    .union([
      z.strictObject({ parent: domainName.describe("Parent domain; the orchestrator gets <name>.<parent>") }),
      z.strictObject({ root: domainName.describe("The orchestrator's own domain, used as it is") }),
    ])
    .describe("DNS domain of the orchestrator: under a parent, or a root domain of its own"),
  access: z
    .strictObject({
      adminRoleArns: z
        .array(roleArn)
        .min(1)
        .describe(
          "IAM roles that administer the cluster, each ARN with the path of its role; the role that applies the argocd layer is one of them",
        ),
      adminCidrs: z
        .array(sourceRange)
        .default([])
        .describe(
          "IPv4 and IPv6 ranges allowed to reach Argo CD and Gitea, at most 147 of each; empty: no access from outside the VPC. IPv6 ranges have no effect yet: the load balancers have IPv4 addresses only",
        ),
      publicCidrs: z
        .array(sourceRange)
        .default(["0.0.0.0/0"])
        .describe(
          "IPv4 and IPv6 ranges allowed to reach the orchestrator and the edge-node endpoints, at most 147 of each; restrict them if the addresses of edge nodes are known. IPv6 ranges have no effect yet: the load balancers have IPv4 addresses only",
        ),
    })
    .describe("Access control"),
  iam: iamSettings,
  scaleProfile: z
    .enum(scaleProfiles)
    .default("default")
    .describe("Number of edge nodes the environment is sized for"),
  customer: tagValue.optional().describe("Value of the `customer` cost-allocation tag"),
  tags: resourceTags
    .default({})
    .describe(
      "Further tags for every resource that takes tags; of more than 7, hosted zones and objects in S3 get the first, because they take 10 in all; keys that are whole numbers come first",
    ),
  tagKeys: tagKeys
    .prefault({})
    .describe(
      "Keys of the tags that every layer sets, where the organisation has other uses for the usual ones. A change replaces the nodes, and the deployer needs the permissions of the file before and after it",
    ),
});

/** The validated fields of an environment file that every layer can read. */
export type Environment = Readonly<z.output<typeof Environment>>;
