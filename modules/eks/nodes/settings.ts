import { z } from "zod";
import { hasNoWrongPort, hostPattern } from "../../../lib/layer/host-port";
import { managedPolicyArn } from "../../../lib/layer/managed-policy";

const proxyUrl = z
  .string()
  .regex(
    /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/,
    'must be scheme, host and port without a password, e.g. "http://proxy.example.com:3128"',
  )
  .refine(hasNoWrongPort, "must have a port from 1 to 65535");

const Proxy = z.strictObject({
  httpProxy: proxyUrl.describe("Proxy for HTTP"),
  httpsProxy: proxyUrl.describe("Proxy for HTTPS"),
  noProxy: z
    .array(z.string().regex(/^[A-Za-z0-9.*:/-]+$/, 'must be a host, domain or range, e.g. ".example.com"'))
    .default([])
    .describe("Destinations without proxy, besides private addresses, the cluster and its API"),
});

/** Whether the last eight digits are a day; text of another form is not judged. */
function endsWithDate(text: string): boolean {
  const [, year, month, day] = /-(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  return year === undefined || z.iso.date().safeParse(`${year}-${month}-${day}`).success;
}

const registry = new RegExp(`^${hostPattern}(:\\d{1,5})?$`);

/** A cloud-init script; user data is limited to 16 KiB in total. */
const script = z
  .string()
  .max(4096)
  .regex(/^#!/, 'must begin with an interpreter, e.g. "#!/bin/bash"')
  .refine(
    (text) => !/^--\/\//m.test(text),
    'must not contain a line that begins with "--//", which is the MIME boundary',
  );

/** Settings of the nodes of all groups in an environment file. */
export const Nodes = z.strictObject({
  amiReleaseVersion: z
    .string()
    .regex(/^\d+\.\d+\.\d+-\d{8}$/, 'must be an EKS AMI release in quotes, e.g. "1.35.2-20261110"')
    .refine(endsWithDate, 'must end with the day of the release, e.g. "1.35.2-20261110"')
    .optional()
    .describe(
      "AMI release of the nodes; a change replaces all nodes one after another. Unset: the latest release when a group is created or `version` is increased",
    ),
  additionalPolicyArns: z
    .array(managedPolicyArn("arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"))
    .max(7, "must be at most 7, because a role has at most 10 policies")
    .default([])
    .describe(
      "Additional IAM policies of the nodes' role, besides those for joining, pulling images and SSM",
    ),
  proxy: Proxy.optional().describe(
    "Proxy of the node's own services; pods are configured in their charts. Unless it listens on port 443, add it to additionalEgress",
  ),
  clusterDnsIp: z
    .ipv4('must be an IPv4 address, e.g. "172.20.0.10"')
    .optional()
    .describe("Cluster DNS address that nodes configure in pods; unset: the default of EKS"),
  registryMirrors: z
    .record(
      z
        .string()
        .refine(
          (key) => /^[a-z0-9.:-]+$/.test(key) && registry.test(key),
          'must be the host of a registry, e.g. "docker.io"',
        )
        .refine(hasNoWrongPort, "must have a port from 1 to 65535"),
      z
        .string()
        .regex(
          new RegExp(`^https://${hostPattern}(:\\d+)?(/[A-Za-z0-9._/-]*)?$`),
          'must be an https:// address, e.g. "https://mirror.example.com/v2"',
        )
        .refine(hasNoWrongPort, "must have a port from 1 to 65535"),
    )
    .default({})
    .describe("Mirror by registry; containerd tries the mirror first, then the registry"),
  preBootstrapScript: script.optional().describe("Script that runs before the node joins the cluster"),
  postBootstrapScript: script.optional().describe("Script that runs once, after kubelet has been started"),
});

/** Validated settings of the nodes of all groups. */
export type Nodes = z.output<typeof Nodes>;
