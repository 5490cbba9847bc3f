import { z } from "zod";
import { plainText } from "../../lib/layer/environment-schema";
import { logRetentionDays } from "../../lib/aws-facts/log-retention";
import { NodeGroup } from "./nodes/group-settings";
import { Nodes } from "./nodes/settings";
import { defaultVersion, versions } from "../../lib/aws-facts/kubernetes-versions";

const Egress = z.strictObject({
  cidr: z.cidrv4('must be an IPv4 range, e.g. "203.0.113.10/32"').describe("Where the nodes connect to"),
  port: z.int().min(1).max(65535).describe("Port they connect to"),
  protocol: z.enum(["tcp", "udp"]).default("tcp").describe("Protocol they use"),
  description: plainText.max(255).describe("What the connection is for; kept on the rule"),
});

const VpcCni = z.strictObject({
  warmIpTarget: z
    .int()
    .min(0)
    .max(50)
    .default(2)
    .describe("Addresses that each node keeps ready for the next pods; each is taken from the subnet"),
  minimumIpTarget: z
    .int()
    .min(0)
    .max(250)
    .default(10)
    .describe("Addresses that each node takes at once, whether it has pods for them or not"),
});

const LogRescue = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe("Save the logs of each node before it ends, which holds it for up to five minutes"),
  retentionDays: logRetentionDays.default(365).describe("Days that these logs are kept in CloudWatch"),
});

/** What an environment file may say about the eks layer. */
export const Settings = z.strictObject({
  version: z
    .enum(versions)
    .default(defaultVersion)
    .describe("Kubernetes version; raise it one minor version at a time"),
  supportType: z
    .enum(["STANDARD", "EXTENDED"])
    .default("EXTENDED")
    .describe(
      "When standard support of the version ends: EXTENDED keeps it (0.60 instead of 0.10 USD an hour), STANDARD lets AWS upgrade the cluster",
    ),
  publicAccessCidrs: z
    .array(z.cidrv4('must be an IPv4 range, e.g. "203.0.113.0/24"'))
    .default([])
    .describe("Who reaches the Kubernetes API over the internet; empty: it has no public endpoint"),
  serviceIpv4Cidr: z
    .cidrv4('must be an IPv4 range, e.g. "172.20.0.0/16"')
    .refine((range) => /\/(1[2-9]|2[0-4])$/.test(range), 'must be between /12 and /24, e.g. "172.20.0.0/16"')
    .default("172.20.0.0/16")
    .describe("Range of Kubernetes service addresses; fixed when the cluster is created"),
  podIdentity: z
    .enum(["pod-identity", "irsa"])
    .default("pod-identity")
    .describe(
      "How pods get their IAM roles: EKS Pod Identity, or IRSA, for which service accounts must be annotated with the role; the platform's charts do so",
    ),
  logRetentionDays: logRetentionDays
    .default(365)
    .describe("Days that control plane logs are kept in CloudWatch"),
  nodeGroups: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,23}$/, "must be at most 24 lower-case letters, digits and dashes"),
      NodeGroup,
    )
    .describe("Managed node groups by name; the scale profile brings main and observability"),
  nodes: Nodes.prefault({}).describe("What the nodes of all groups have in common"),
  logRescue: LogRescue.prefault({}).describe("Logs of nodes that the autoscaler or an update ends"),
  vpcCni: VpcCni.prefault({}).describe("How the network plug-in takes addresses for pods"),
  additionalEgress: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes"), Egress)
    .default({})
    .describe("What nodes and pods reach beyond HTTPS, by name, e.g. an SMTP relay"),
});
