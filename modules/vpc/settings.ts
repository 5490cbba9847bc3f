import { z } from "zod";
import { vpcRange } from "../../lib/aws-facts/vpc-ranges";
import { NetworkSource } from "./network/settings";

/** Settings of the network. */
export const Settings = z.strictObject({
  cidr: vpcRange.describe(
    "IPv4 range of the VPC. New: a private one, /16 to /22, of which three quarters are used for nodes and pods; existing: its primary range, /16 to /28",
  ),
  network: NetworkSource.prefault({ source: "new" }).describe(
    "Whether to create a VPC or use an existing one. Cannot be changed after the first apply, except natGateways and, with consequences, the subnets of load balancers",
  ),
  additionalCidrs: z
    .array(vpcRange)
    .default([])
    .describe("Additional IPv4 ranges of the VPC, for subnets managed outside this configuration"),
});
