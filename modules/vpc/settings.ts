import { z } from "zod";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";
import { additionalRange, vpcRange } from "../../lib/aws-facts/vpc-ranges";
import { endpointCatalogue, servicesFrom } from "./endpoints/services";
import { NetworkSource } from "./network/settings";

const bastion = z.strictObject({
  instanceType: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an EC2 instance type, e.g. "t3.micro"')
    .default("t3.micro")
    .describe("EC2 instance type; a Graviton type gets the image for its architecture"),
  rootVolumeGiB: z.int().min(8).max(1024).default(10).describe("Size of the encrypted root volume"),
  sessionLogRetentionDays: logRetentionDays
    .default(365)
    .describe("Days that what operators typed and saw in sessions is kept"),
});

const endpointCosts = Object.entries(endpointCatalogue)
  .map(([service, { monthlyUsd }]) => `${service} ${monthlyUsd.toFixed(2)} USD`)
  .join(", ");

/** Settings of the network. */
export const Settings = z.strictObject({
  cidr: vpcRange.describe("IPv4 range of the VPC, /16 to /22; three quarters of it are for nodes and pods"),
  network: NetworkSource.prefault({ source: "new" }).describe(
    "Whether the VPC is made or is there already. Fixed once applied",
  ),
  additionalCidrs: z
    .array(additionalRange)
    .default([])
    .describe("Further IPv4 ranges of the VPC, for subnets made elsewhere"),
  flowLogRetentionDays: logRetentionDays.default(365).describe("Days that flow logs are kept"),
  interfaceEndpoints: z
    .array(z.enum(servicesFrom("500en")))
    .default(servicesFrom("default"))
    .describe(
      `AWS services reached without leaving the VPC, with their cost a month in three zones before traffic: ${endpointCosts}. The bastion needs ssm, ssmmessages, logs and kms`,
    ),
  bastion: bastion.prefault({}).describe("The machine through which operators reach the private endpoints"),
});
