import { z } from "zod";
import { groupText } from "../../lib/layer/group-text";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";
import { NodeGroup } from "./nodes/group-settings";
import { destination, publicRange, serviceRange } from "./ranges";
import { Nodes } from "./nodes/settings";
import { defaultServiceRange } from "./service-range-check";
import { defaultVersion, versions } from "../../lib/aws-facts/kubernetes-versions";

const Egress = z.strictObject({
  cidr: destination.describe("Destination range"),
  port: z.int().min(1).max(65535).describe("Destination port"),
  protocol: z.enum(["tcp", "udp"]).default("tcp").describe("Protocol"),
  description: groupText.describe("Description of the security group rule"),
});

const VpcCni = z.strictObject({
  warmIpTarget: z
    .int()
    .min(0)
    .max(50)
    .default(2)
    .describe("IP addresses that each node keeps available for new pods, taken from its subnet"),
  minimumIpTarget: z
    .int()
    .min(0)
    .max(250)
    .default(10)
    .describe("IP addresses that each node allocates at start, regardless of its number of pods"),
});

const LogRescue = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe(
      "Save the logs of each node before it is terminated, which delays termination by up to five minutes",
    ),
  retentionDays: logRetentionDays.default(365).describe("Retention of these logs in CloudWatch in days"),
});

/** Settings of the eks layer in an environment file. */
export const Settings = z.strictObject({
  version: z
    .enum(versions)
    .default(defaultVersion)
    .describe("Kubernetes version; upgrade one minor version at a time"),
  supportType: z
    .enum(["STANDARD", "EXTENDED"])
    .default("EXTENDED")
    .describe(
      "Behaviour when standard support of the version ends: EXTENDED keeps the version (0.60 instead of 0.10 USD an hour), STANDARD upgrades the cluster automatically",
    ),
  publicAccessCidrs: z
    .array(publicRange)
    // Cannot be increased: https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
    .max(40)
    .default([])
    .describe(
      "Source ranges allowed to reach the Kubernetes API over the internet; empty: no public endpoint",
    ),
  serviceIpv4Cidr: serviceRange
    .default(defaultServiceRange)
    .describe("Range of Kubernetes service addresses. Cannot be changed after the cluster is created"),
  podIdentity: z
    .enum(["pod-identity", "irsa"])
    .default("pod-identity")
    .describe(
      "How pods get their IAM roles: EKS Pod Identity, or IRSA, which requires an annotation with the role on the service account; the platform's charts add it",
    ),
  logRetentionDays: logRetentionDays
    .default(365)
    .describe("Retention of control plane logs in CloudWatch in days"),
  nodeGroups: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,23}$/, "must be at most 24 lower-case letters, digits and dashes"),
      NodeGroup,
    )
    .describe("Managed node groups by name; the scale profile defines main and observability"),
  nodes: Nodes.prefault({}).describe("Settings common to the nodes of all groups"),
  logRescue: LogRescue.prefault({}).describe(
    "Saving the logs of nodes that are terminated by the autoscaler or an update",
  ),
  vpcCni: VpcCni.prefault({}).describe("IP address allocation of the VPC CNI plugin"),
  additionalEgress: z
    .record(
      // Part of the rule's name in Terraform; CDKTF replaces the end of one with more than 255 characters by a hash.
      z
        .string()
        .regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes")
        .max(200),
      Egress,
    )
    .default({})
    .describe("Additional outbound rules of nodes and pods besides HTTPS, by name, e.g. for an SMTP relay"),
});
