import { z } from "zod";

const id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}-[0-9a-f]+$`), `must be an ID that begins with "${prefix}-"`);

const Zone = z.strictObject({
  privateSubnetId: id("subnet").describe("Subnet of nodes, pods and databases"),
  privateCidr: z
    .cidrv4('must be an IPv4 range, e.g. "10.20.4.0/22"')
    .describe("IPv4 range of the private subnet, which decides how many pods there can be"),
  publicSubnetId: id("subnet").describe("Subnet of internet-facing load balancers"),
  privateRouteTableId: id("rtb").describe("Route table of the private subnet"),
  natPublicIp: z
    .ipv4()
    .describe(
      "Address that traffic from the private subnet has on the internet, so that load balancers let it in",
    ),
});

/** Whose network it is. */
export const NetworkSource = z.discriminatedUnion("source", [
  z.strictObject({
    source: z.literal("new").describe("A VPC is made, with subnets and NAT gateways"),
  }),
  z.strictObject({
    source: z
      .literal("existing")
      .describe(
        "A VPC that somebody else made gets endpoints, flow logs and the bastion; its cidr and additionalCidrs tell what it has. Private subnets need a way to the internet, the VPC DNS support and DNS hostnames",
      ),
    vpcId: id("vpc").describe("ID of the VPC"),
    zones: z
      .record(z.string(), Zone)
      .describe("What the VPC has in each of the environment's three zones, by zone"),
    s3PrefixListId: id("pl")
      .optional()
      .describe("Prefix list of S3, when the VPC has a gateway endpoint for S3 already; unset: one is made"),
    sessionEndpoints: z
      .boolean()
      .default(false)
      .describe(
        "The VPC has interface endpoints for sessions on the bastion already (ssm, ssmmessages, logs, kms), so that interfaceEndpoints need not list them",
      ),
  }),
]);

/** A VPC that somebody else made. */
export type ExistingNetwork = Extract<z.output<typeof NetworkSource>, { source: "existing" }>;
