import type { z } from "zod";
import { addImageKey } from "../../lib/constructs/image-key";
import { natSourceProblems } from "../../lib/constructs/nat-source-problems";
import { natSources } from "../../lib/constructs/nat-sources";
import { hostProblems } from "../../lib/layer/host-length";
import { defineLayer } from "../../lib/layer/layer";
import { byKey } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";
import { problemsOf } from "../../lib/layer/waiting-rules";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { route53 } from "../route53/layer";
import { vpc } from "../vpc/layer";
import { addAlarms } from "./alarms";
import { certificateProblems } from "./checks";
import { addIssuedCertificate } from "./network/certificate";
import { addEndpoints } from "./network/endpoints";
import { addLoadBalancer } from "./network/entrance";
import { concurrencyChecks } from "./preflight";
import { addRecords, hostLabels, hostsOf } from "./hosts";
import { addNetwork } from "./network/network";
import { addProxy } from "./proxy/proxy";
import { publisherProblems } from "./publishers/checks";
import { identityProviderChecks } from "./publishers/preflight";
import { addPublishers } from "./publishers/role";
import { publishingOf } from "./publishing";
import { addSecurityGroups } from "./network/security-groups";
import { scale } from "./scale";
import { Settings } from "./settings";
import { addStores } from "./stores";
import { addWebAcl } from "./network/web-acl";

const key = {
  name: "release-service",
  purpose: "releases, and tokens to fetch them",
  services: ["s3", "secretsmanager", "lambda"],
};

/** The outputs while it is disabled. */
const nothing = { hosts: {}, repositoryUrls: {}, bucketNames: {}, secretArns: {}, publisherRoleArns: {} };

/** Serves your own files and OCI artefacts to edge nodes and orchestrators. */
export const releaseService = defineLayer({
  name: "release-service",
  summary: "Optional: file server and OCI registry in a separate VPC, behind a proxy that verifies tokens",
  settings: Settings,
  scale,
  needs: { kms, audit, vpc, route53 },
  outputs: {
    hosts: byKey(
      "Host names of the file server (files) and the registry (registry), and the DNS name of their load balancer (loadBalancer); empty if disabled",
    ),
    repositoryUrls: byKey("URL of the repository, by its name in the settings"),
    bucketNames: byKey(
      "files: name of the S3 bucket whose objects below files/ are served; empty if disabled",
    ),
    secretArns: byKey("tokens: ARN of the secret with the hashes of the accepted tokens; empty if disabled"),
    publisherRoleArns: byKey(
      "ARN of the IAM role that a pipeline publishes with, by its name in the settings",
    ),
  },
  check: ({ environment, settings, needs }) =>
    settings.enabled
      ? problemsOf(
          () => certificateProblems(environment, needs.route53),
          () => hostProblems(environment, Object.values(hostLabels)),
          () =>
            natSourceProblems(needs.vpc.network, {
              access: environment.access,
              lists: ["publicCidrs"],
              target: "the release service",
            }),
          () => publisherProblems(environment, settings),
        )
      : [],
  preflight: ({ environment, settings }) =>
    settings.enabled
      ? [...concurrencyChecks(environment, settings), ...identityProviderChecks(environment, settings)]
      : [],
  publishing: ({ environment, settings }) =>
    settings.enabled ? publishingOf(environment, settings) : undefined,
  build(stack, { settings, needs, from }) {
    // Also when it is disabled: Terraform deletes the proxy's code only with the provider that created it.
    stack.withFewTags();
    if (!settings.enabled) return nothing;
    const { publicZoneId, privateZoneId } = from.route53;
    const logs = { keyArn: from.kms.keyArns.at("logs"), retentionInDays: settings.logRetentionDays };
    const keyArn = addImageKey(stack, key);
    const network = addNetwork(stack, settings.cidr, logs);
    const sources = natSources(stack.environment.zones, needs.vpc, from.vpc);
    const groups = addSecurityGroups(stack, network.vpcId, sources);
    addEndpoints(stack, network, groups.endpoints);

    const accessLogBucket = from.audit.accessLogBucketName;
    const protection = { keyArn, accessLogBucket };
    const { bucket, repositoryUrls, tokensSecretArn } = addStores(stack, settings, protection);
    const hosts = hostsOf(stack.environment);
    const proxy = addProxy(stack, {
      bucket,
      hosts,
      settings,
      tokensSecretArn,
      keyArn,
      subnetIds: network.privateSubnetIds,
      securityGroupId: groups.proxy,
      logs,
    });
    const loadBalancer = addLoadBalancer(stack, {
      subnetIds: network.publicSubnetIds,
      securityGroupIds: groups.loadBalancer,
      certificateArn: certificateFor(stack, needs.route53, { ...from.route53, ...from.audit, hosts }),
      accessLogBucket,
      hosts,
      proxy,
    });
    addWebAcl(stack, loadBalancer, { settings, logs, natSources: sources });
    if (needs.route53.zones.source !== "none") {
      addRecords(stack, { public: publicZoneId, private: privateZoneId }, loadBalancer);
    }
    addAlarms(stack, { proxy, loadBalancer, topicArn: from.audit.topicArn });
    return {
      hosts: { ...hosts, loadBalancer: loadBalancer.dnsName },
      repositoryUrls,
      bucketNames: { files: bucket.ready },
      secretArns: { tokens: tokensSecretArn },
      publisherRoleArns: addPublishers(stack, settings, { bucketName: bucket.name, keyArn }),
    };
  },
});

/** It serves before the platform, which may get its charts and images here, has obtained a certificate. */
function certificateFor(
  stack: LayerStack,
  { certificate }: z.output<typeof route53.settings>,
  given: Parameters<typeof addIssuedCertificate>[1] & { readonly certificateArn: string },
): string {
  return certificate.source === "lets-encrypt" ? addIssuedCertificate(stack, given) : given.certificateArn;
}
