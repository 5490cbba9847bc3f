import { z } from "zod";
import { notPublicIn } from "../../../lib/aws-facts/reserved-ranges";
import { vpcRange } from "../../../lib/aws-facts/vpc-ranges";

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const id = (prefix: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `must be "${prefix}-" and 8 or 17 hexadecimal digits, e.g. "${prefix}-0123456789abcdef0"`,
    );

/** An address by which others know the traffic of a VPC; a private one would never be seen by a load balancer. */
const publicAddress = z.ipv4().superRefine((text, context) => {
  const reserved = z.ipv4().safeParse(text).success ? notPublicIn(text) : undefined;
  if (reserved === undefined) return;
  context.addIssue({
    code: "custom",
    message: `"${text}" is in "${reserved}", which has no public addresses`,
    params: { hint: "Write the public address of the NAT gateway, or of whatever else replaces it" },
  });
});

const Zone = z.strictObject({
  privateSubnetId: id("subnet").describe("Subnet of nodes, pods and databases"),
  privateCidr: vpcRange.describe(
    "IPv4 range of the private subnet, which limits the number of pods; part of cidr or of additionalCidrs",
  ),
  publicSubnetId: id("subnet")
    .optional()
    .describe(
      "Subnet of internet-facing load balancers, at least /27 with 8 free addresses; without public subnets, they must be internal. A later change replaces the network load balancers",
    ),
  loadBalancerSubnetId: id("subnet")
    .optional()
    .describe(
      "Subnet of internal load balancers, if the private subnet has a range that other networks do not route, e.g. one of 100.64.0.0/10; at least /27 with 8 free addresses; unset: the private subnet. A later change replaces the network load balancers",
    ),
  privateRouteTableId: id("rtb").describe("Route table of the private subnet"),
  natPublicIp: publicAddress
    .optional()
    .describe(
      "Public IP address of traffic from the private subnet to the internet, also if it leaves through a transit gateway and another VPC; internet-facing load balancers, also that of the release-service layer, allow it. Unset: there is none, or it is one of access.adminCidrs and access.publicCidrs",
    ),
});

/** Whether the network is new or exists already. */
export const NetworkSource = z.discriminatedUnion("source", [
  z.strictObject({
    // Optional as well: only so does a union take a form without its discriminator.
    source: z.literal("new").optional().default("new").describe("Create a VPC with subnets and NAT gateways"),
    natGateways: z
      .enum(["one-per-zone", "single"])
      .default("one-per-zone")
      .describe(
        "One NAT gateway in each zone, or a single one for development: about 37 USD a month with its address instead of 110, but 0.02 USD a GB from the other two zones, and no zone reaches the internet if the first one fails. Can be changed later: single deletes two gateways and their public addresses, which others may have in their access lists",
      ),
  }),
  z.strictObject({
    source: z
      .literal("existing")
      .describe(
        "Use an existing VPC, and create endpoints, flow logs and the bastion in it; cidr and additionalCidrs must be those of the VPC. The private subnets need a route to the internet, e.g. through NAT gateways or a transit gateway; the VPC needs DNS support and DNS hostnames",
      ),
    vpcId: id("vpc").describe("ID of the VPC"),
    zones: z
      .record(z.string(), Zone)
      .describe("Subnets and route table in each of the environment's three zones, by zone"),
    s3PrefixListId: id("pl")
      .optional()
      .describe(
        "Prefix list of S3, if the VPC already has a gateway endpoint for S3; unset: an endpoint is created",
      ),
    sessionEndpoints: z
      .boolean()
      .default(false)
      .describe(
        "The VPC already has interface endpoints for sessions on the bastion (ssm, ssmmessages, logs, kms), so interfaceEndpoints of network-operations need not list them",
      ),
  }),
]);

/** Settings of an existing VPC. */
export type ExistingNetwork = Extract<z.output<typeof NetworkSource>, { source: "existing" }>;
