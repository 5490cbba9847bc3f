import { z } from "zod";

/** How many edge nodes an environment is sized for; layers bring the values (`modules/<layer>/scale.ts`). */
export const scaleProfiles = ["default", "100en", "500en", "1ken", "10ken"] as const;
export type ScaleProfile = (typeof scaleProfiles)[number];

/** Text that Terraform would read as an expression is refused wherever a value is free. */
export const plainText = z
  .string()
  .min(1)
  .refine((value) => !/[$%]\{/.test(value), "must not contain ${ or %{, which Terraform would evaluate");

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region, e.g. "us-west-2"');
const cidr = z.cidrv4('must be an IPv4 range, e.g. "203.0.113.0/24"');
const domainName = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    'must be a lower-case domain name, e.g. "example.com"',
  );
const arn = (service: string) =>
  z.string().regex(new RegExp(`^arn:aws(-cn|-us-gov)?:${service}:`), `must be an ARN of ${service}`);

/** Every field of an environment file but `layers`: what more than one layer may know. */
export const Environment = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      'must be lower-case letters, digits and single dashes, e.g. "prod-eu"',
    )
    .max(
      20,
      "must have at most 20 characters, or names derived from it would exceed AWS's limits (load balancers: 32)",
    )
    .describe("Prefix of every physical name, name of the EKS cluster and of the VPC"),
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be 12 digits in quotes, e.g. "123456789012"')
    .describe("AWS account ID"),
  region: region.describe("AWS region of everything but, if you choose so, the state bucket"),
  partition: z.enum(["aws", "aws-us-gov", "aws-cn"]).default("aws").describe("AWS partition of the region"),
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
        .describe("S3 bucket that holds the Terraform state of every layer"),
      region: region.describe("Region of the state bucket"),
      kmsKeyArn: arn("kms")
        .optional()
        .describe("Customer-managed key for the state; unset: the s3-backend layer makes one"),
      existing: z
        .boolean()
        .default(false)
        .describe(
          "The bucket is managed elsewhere (several environments may share it): use it, never change it",
        ),
    })
    .describe("Where Terraform state is kept"),
  domain: z
    .union([
      z.strictObject({ parent: domainName.describe("Parent domain; the orchestrator gets <name>.<parent>") }),
      z.strictObject({ root: domainName.describe("The orchestrator's own domain, used as it is") }),
    ])
    .describe("DNS domain of the orchestrator: under a parent, or a root domain of its own"),
  access: z
    .strictObject({
      adminRoleArns: z.array(arn("iam")).min(1).describe("IAM roles that administer the cluster"),
      adminCidrs: z
        .array(cidr)
        .default([])
        .describe("Who reaches Argo CD and Gitea; empty: nobody outside the VPC"),
      publicCidrs: z
        .array(cidr)
        .default(["0.0.0.0/0"])
        .describe(
          "Who reaches the orchestrator and the edge-node endpoints; edge nodes are usually everywhere",
        ),
    })
    .describe("Who may reach what"),
  scaleProfile: z
    .enum(scaleProfiles)
    .default("default")
    .describe("Number of edge nodes the environment is sized for"),
  customer: plainText.max(256).optional().describe("Value of the `customer` cost-allocation tag"),
  tags: z
    .record(z.string().min(1).max(128), plainText.max(256))
    .default({})
    .describe("Further tags for every resource that takes tags"),
});

/** What every layer may know about where it is being built. */
export type Environment = Readonly<z.output<typeof Environment>>;
