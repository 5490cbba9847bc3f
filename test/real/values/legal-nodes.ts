import fc from "fast-check";
import { type Legal, legal, legalOf } from "./legal";
import type { Place } from "./place";
import { publicRange, range, roleName } from "./text";

const labelName = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,20}[A-Za-z0-9])?$/;
const labelKey = fc
  .tuple(fc.constantFrom("", "example.com/", "team.example.org/"), fc.stringMatching(labelName))
  .map((parts) => parts.join(""));
const labelValue = fc.stringMatching(labelName);

const taint = fc.record(
  {
    key: labelKey,
    value: fc.oneof(labelValue, fc.constant("")),
    effect: fc.constantFrom("NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"),
  },
  { requiredKeys: ["key"] },
);

const sizes = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 3, max: 6 }))
  .map(([min, more, max]) => ({
    minSize: min,
    desiredSize: Math.min(min + more, max),
    maxSize: max,
  }));

/** A further group; its addresses fit into the private subnets of the smallest network that is generated. */
const group = fc
  .tuple(
    sizes,
    fc.record({
      instanceType: fc.constantFrom("t3.xlarge", "m6i.2xlarge", "m7i.large", "c7a.4xlarge", "r6i.xlarge"),
      perZone: fc.boolean(),
      diskGiB: fc.integer({ min: 20, max: 16384 }),
      maxPods: fc.integer({ min: 4, max: 29 }),
      labels: fc.dictionary(labelKey, labelValue, { maxKeys: 4 }),
      taints: fc.uniqueArray(taint, { maxLength: 3, selector: ({ key }) => key }),
    }),
  )
  .map(([size, rest]) => ({ ...size, ...rest }));

const groupName = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/);

const services = fc.oneof(range([172, 28], [16, 24]), range([10, 96], [12, 24]), range([192, 168], [16, 24]));
const withDns = services.chain((cidr) => {
  const tenth = `${cidr.split("/")[0]?.replace(/\d+$/, "")}10`;
  return fc.constantFrom([cidr, undefined], [cidr, tenth], [cidr, "169.254.20.10"]);
});

const url = fc.constantFrom("http://proxy.example.com:3128", "https://10.1.2.3", "http://proxy:8080");
const proxy = fc.record({
  httpProxy: url,
  httpsProxy: url,
  noProxy: fc.constantFrom([], [".example.com", "10.0.0.0/8"]),
});
const script = fc.constantFrom(
  "#!/bin/bash\necho '$HOME' \"${x}\" %{y}\n",
  "#!/usr/bin/env python3\nprint('ä')\n",
);
const policyArn = ({ partition, account }: Place) => {
  const owner = fc.constantFrom("aws", account);
  return fc.tuple(owner, roleName).map(([of, name]) => `arn:${partition}:iam::${of}:policy/${name}`);
};

const unreserved = fc.oneof(range([18], [12, 32]), range([52], [12, 32]));

const egress = fc.record({
  cidr: publicRange,
  port: fc.integer({ min: 1, max: 65535 }),
  protocol: fc.constantFrom("tcp", "udp"),
  description: fc
    .stringMatching(/^[A-Za-z0-9 ._:/()#,@[\]+=&;{}!$*-]{1,60}$/)
    .filter((text) => !/[$%]\{/.test(text)),
});
const egressName = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);

/** Settings of the eks layer. */
export const legalNodes: readonly Legal[] = [
  legal(["layers.eks.version", "layers.eks.nodes.amiReleaseVersion"], () =>
    fc.tuple(fc.constantFrom("1.34", "1.35", "1.36"), fc.boolean()).map(([version, pinned]) => {
      return [version, pinned ? `${version}.2-20261110` : undefined];
    }),
  ),
  legalOf("layers.eks.publicAccessCidrs", () => fc.uniqueArray(unreserved, { maxLength: 40 })),
  legal(["layers.eks.serviceIpv4Cidr", "layers.eks.nodes.clusterDnsIp"], () => withDns),
  // main and observability, which every environment has, are varied by the scale profile.
  legalOf("layers.eks.nodeGroups", () => fc.dictionary(groupName, group, { maxKeys: 2 })),
  legalOf("layers.eks.nodes.additionalPolicyArns", (place) =>
    fc.uniqueArray(policyArn(place), { maxLength: 4 }),
  ),
  legalOf("layers.eks.nodes.proxy", () => proxy),
  legalOf("layers.eks.nodes.registryMirrors", () =>
    fc.dictionary(fc.constantFrom("docker.io", "ghcr.io"), fc.constant("https://mirror.example.com/v2")),
  ),
  legalOf("layers.eks.nodes.preBootstrapScript", () => script),
  legalOf("layers.eks.nodes.postBootstrapScript", () => script),
  legalOf("layers.eks.additionalEgress", () => fc.dictionary(egressName, egress, { maxKeys: 5 })),
];
