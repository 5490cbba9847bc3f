import { z } from "zod";
import { additionalRange, vpcRange } from "../../lib/aws-facts/vpc-ranges";
import { NetworkSource } from "./network/settings";

/** Settings of the network. */
export const Settings = z.strictObject({
  cidr: vpcRange.describe("IPv4 range of the VPC, /16 to /22; three quarters are used for nodes and pods"),
  network: NetworkSource.prefault({ source: "new" }).describe(
    "Whether to create a VPC or use an existing one. Cannot be changed after the first apply",
  ),
  additionalCidrs: z
    .array(additionalRange)
    .default([])
    .describe("Additional IPv4 ranges of the VPC, for subnets managed outside this configuration"),
});
