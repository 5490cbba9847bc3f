import { z } from "zod";

const id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}-[0-9a-f]+$`), `must be an ID that begins with "${prefix}-"`);

const Zone = z.strictObject({
  privateSubnetId: id("subnet").describe("Subnet of nodes, pods and databases"),
  privateCidr: z
    .cidrv4('must be an IPv4 range, e.g. "10.20.4.0/22"')
    .describe("IPv4 range of the private subnet, which limits the number of pods"),
  publicSubnetId: id("subnet").describe("Subnet of internet-facing load balancers"),
  privateRouteTableId: id("rtb").describe("Route table of the private subnet"),
  natPublicIp: z
    .ipv4()
    .describe(
      "Public IP address of traffic from the private subnet to the internet; the load balancers allow it",
    ),
});

/** Whether the network is new or exists already. */
export const NetworkSource = z.discriminatedUnion("source", [
  z.strictObject({
    source: z.literal("new").describe("Create a VPC with subnets and NAT gateways"),
  }),
  z.strictObject({
    source: z
      .literal("existing")
      .describe(
        "Use an existing VPC, and create endpoints, flow logs and the bastion in it; cidr and additionalCidrs must be those of the VPC. The private subnets need a route to the internet; the VPC needs DNS support and DNS hostnames",
      ),
    vpcId: id("vpc").describe("ID of the VPC"),
    zones: z
      .record(z.string(), Zone)
      .describe("Subnets, route table and NAT address in each of the environment's three zones, by zone"),
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
