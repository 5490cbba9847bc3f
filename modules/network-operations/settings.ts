import { z } from "zod";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";
import { endpointCatalogue, servicesFrom } from "./endpoints/services";

const bastion = z.strictObject({
  instanceType: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an EC2 instance type, e.g. "t3.micro"')
    .default("t3.micro")
    .describe("EC2 instance type; Graviton types use the arm64 image"),
  rootVolumeGiB: z.int().min(8).max(1024).default(10).describe("Size of the encrypted root volume"),
  sessionLogRetentionDays: logRetentionDays
    .default(365)
    .describe("Retention of session logs (input and output) in days"),
});

const endpointCosts = Object.entries(endpointCatalogue)
  .map(([service, { monthlyUsd }]) => `${service} ${monthlyUsd.toFixed(2)} USD`)
  .join(", ");

/** Settings of the network-operations layer in an environment file. */
export const Settings = z.strictObject({
  flowLogRetentionDays: logRetentionDays.default(365).describe("Retention of the VPC's flow logs in days"),
  interfaceEndpoints: z
    .array(z.enum(servicesFrom("500en")))
    .default(servicesFrom("default"))
    .describe(
      `AWS services with an interface endpoint, with the monthly cost in three zones without data processing: ${endpointCosts}. The bastion needs ssm, ssmmessages, logs and kms`,
    ),
  bastion: bastion.prefault({}).describe("The instance through which operators reach the private endpoints"),
});
