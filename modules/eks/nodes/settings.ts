import { z } from "zod";

const proxyUrl = z
  .string()
  .regex(
    /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/,
    'must be scheme, host and port without a password, e.g. "http://proxy.example.com:3128"',
  );

const Proxy = z.strictObject({
  httpProxy: proxyUrl.describe("Proxy for HTTP"),
  httpsProxy: proxyUrl.describe("Proxy for HTTPS"),
  noProxy: z
    .array(z.string().regex(/^[A-Za-z0-9.*:/-]+$/, 'must be a host, domain or range, e.g. ".example.com"'))
    .default([])
    .describe("What is reached directly, besides private addresses, the cluster and its API"),
});

/** A script of cloud-init; user data may have 16 KiB in all. */
const script = z
  .string()
  .max(4096)
  .regex(/^#!/, 'must begin with an interpreter, e.g. "#!/bin/bash"')
  .refine(
    (text) => !/^--\/\//m.test(text),
    'must not have a line that begins with "--//", which ends a part',
  );

/** What an environment file may say about the nodes of all groups. */
export const Nodes = z.strictObject({
  amiReleaseVersion: z
    .string()
    .regex(/^\d+\.\d+\.\d+-\d{8}$/, 'must be a release of EKS\'s image in quotes, e.g. "1.35.2-20261110"')
    .optional()
    .describe(
      "Release of the nodes' image; a later one replaces all nodes, one after another. Unset: the newest when a group is made or `version` is raised, which then stays",
    ),
  additionalPolicyArns: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws(-cn|-us-gov)?:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/,
          'must be the ARN of an IAM policy, e.g. "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"',
        ),
    )
    .max(7, "must be at most 7, because a role has at most 10 policies")
    .default([])
    .describe("IAM policies for the nodes' role, on top of joining, pulling images and SSM"),
  proxy: Proxy.optional().describe(
    "Proxy of the node's own programs; pods are told by their charts. Unless it listens on 443, additionalEgress must name it",
  ),
  clusterDnsIp: z
    .ipv4('must be an IPv4 address, e.g. "172.20.0.10"')
    .optional()
    .describe("Address of the cluster's DNS service that nodes tell pods; unset: EKS's own"),
  registryMirrors: z
    .record(
      z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'must be a registry\'s host, e.g. "docker.io"'),
      z.string().regex(/^https:\/\/[A-Za-z0-9./:_-]+$/, "must be an https:// address"),
    )
    .default({})
    .describe("Mirror by registry, asked first by containerd; the registry itself stands in for it"),
  preBootstrapScript: script.optional().describe("Script that runs before the node joins the cluster"),
  postBootstrapScript: script.optional().describe("Script that runs once, after kubelet has been started"),
});

/** Values for the nodes of all groups. */
export type Nodes = z.output<typeof Nodes>;
