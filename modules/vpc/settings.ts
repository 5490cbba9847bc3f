import { z } from "zod";
import { logRetentionDays } from "../../lib/log-retention";
import { additionalRange, vpcRange } from "./cidr-rules";
import { endpointServices } from "./endpoint-services";

const bastion = z.strictObject({
  instanceType: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an EC2 instance type, e.g. "t3.micro"')
    .default("t3.micro")
    .describe("EC2 instance type; a Graviton type gets the image for its architecture"),
  rootVolumeGiB: z.int().min(8).max(1024).default(10).describe("Size of the encrypted root volume"),
});

/** Settings of the network. */
export const Settings = z.strictObject({
  cidr: vpcRange.describe("IPv4 range of the VPC, /16 to /22; three quarters of it are for nodes and pods"),
  additionalCidrs: z
    .array(additionalRange)
    .default([])
    .describe("Further IPv4 ranges to associate with the VPC, for subnets made elsewhere"),
  flowLogRetentionDays: logRetentionDays.default(365).describe("Days that flow logs are kept"),
  interfaceEndpoints: z
    .array(z.enum(endpointServices))
    .default([
      "autoscaling",
      "ec2",
      "ecr.api",
      "ecr.dkr",
      "eks",
      "eks-auth",
      "elasticloadbalancing",
      "logs",
      "ssm",
      "ssmmessages",
      "sts",
    ])
    .describe(
      "AWS services reached without leaving the VPC; each costs about 22 USD a month (three zones) plus traffic. The bastion needs ssm and ssmmessages",
    ),
  bastion: bastion.prefault({}).describe("The machine through which operators reach the private endpoints"),
});
