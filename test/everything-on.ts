import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { Services } from "../modules/platform/services";
import type { RawEnvironment } from "./synth";

const regions = { aws: "us-west-2", "aws-us-gov": "us-gov-west-1", "aws-cn": "cn-north-1" } as const;
/** Where copies of backups go: another region of the same partition. */
const otherRegions = { aws: "us-east-2", "aws-us-gov": "us-gov-east-1" } as const;

/** Services of the platform that are off by default; `autoscaling` and the autoscaler of the argocd layer exclude each other. */
const optionalServices = ["sre", "alertEmails", "singleTenancy", "vpro", "explicitProxy"] as const;

export type Partition = keyof typeof regions;
export const partitions = ["aws", "aws-us-gov", "aws-cn"] as const;

/** What the files hold that an environment with everything on names. */
export const credentialFiles: Readonly<Record<string, string>> = {
  "credentials/docker.json": JSON.stringify({ username: "operator", accessToken: "docker-token" }),
  "credentials/ghcr.json": JSON.stringify({ username: "operator", accessToken: "ghcr-token" }),
};

/** Moves an environment to the region that its tests use of a partition. */
export function moveTo(raw: RawEnvironment, partition: Partition): void {
  if (partition === "aws") return;
  const text = JSON.stringify(raw)
    .replaceAll("arn:aws:", `arn:${partition}:`)
    .replaceAll(String(raw.region), regions[partition]);
  Object.assign(raw, JSON.parse(text), { partition });
  raw.layers.route53 = { ...raw.layers.route53, certificate: existingCertificate(raw) };
}

/** A certificate that was imported into ACM, and the secret with the same, in the environment's account and region. */
export function existingCertificate({ partition = "aws", region, account }: RawEnvironment): object {
  const arn = (service: string, resource: string) =>
    `arn:${String(partition)}:${service}:${String(region)}:${String(account)}:${resource}`;
  return {
    source: "existing",
    arn: arn("acm", "certificate/12345678-1234-1234-1234-123456789012"),
    secretArn: arn("secretsmanager", "secret:certificate-AbCdEf"),
  };
}

/**
 * Switches on everything in configs/example.yaml that is off or empty there and can be on together with the rest, as far
 * as the environment's partition has it; call it after `moveTo`. Only the public endpoint of Kubernetes stays off: the
 * policy pack forbids it.
 */
export function switchEverythingOn(raw: RawEnvironment): void {
  const partition: Partition = raw.partition;
  Object.assign(raw, { customer: "Example Corp", tags: { team: "platform" } });
  raw.access.adminCidrs = ["198.51.100.0/24"];
  raw.iam = {
    permissionsBoundaryArn: `arn:${partition}:iam::${raw.account}:policy/guardrails/workloads`,
    path: "/edge/",
  };
  const { layers } = raw;
  layers.account.enabled = true;
  for (const service of optionalServices) layers.platform.services[service] = true;
  Object.assign(layers["registry-cache"], {
    enabled: partition === "aws",
    docker: { credentialsFile: "credentials/docker.json", credentialsVersion: 1 },
    ghcr: { credentialsFile: "credentials/ghcr.json", credentialsVersion: 1 },
  });
  layers.audit.trail.cisAlarms = true;
  layers.audit.alarmEmails = ["ops@example.com"];
  layers.vpc.additionalCidrs = ["100.64.0.0/16"];
  Object.assign(layers["object-store"], { prefix: "4711", tracing: true });
  layers.efs.accessPoints = { registry: { path: "/registry", uid: 1000, gid: 1000, permissions: "0700" } };
  Object.assign(layers.eks, nodesWithEverything(partition));
  Object.assign(layers["lb-waf"], { elasticIpAddresses: true, wildcardRecord: true });
  layers["lb-waf"].waf.countedRules.common = ["NoUserAgent_HEADER"];
  Object.assign(layers["release-service"], {
    enabled: true,
    repositories: ["edge-orch/common/files"],
    anonymousPrefixes: ["edge-orch/common/"],
    publishers: structuredClone(publishers),
    identityProviderArns: [`arn:${partition}:iam::${raw.account}:oidc-provider/tokens.example.com`],
  });
  Object.assign(layers.platform.services, { sre: true, alertEmails: true });
  layers.platform.secrets = {
    smtpSecretArn: secretArn(raw, "smtp"),
    sreSecretArn: secretArn(raw, "sre"),
    srePrivateAuthority: true,
    releaseServiceSecretArn: secretArn(raw, "release-service"),
  };
  if (partition === "aws") layers.route53.certificate.adminEmail = "ops@example.com";
  layers.argocd.argocd.adminPasswordSecretArn = secretArn(raw, "argocd-admin");
  layers.argocd.repository.credentialsSecretArn = secretArn(raw, "deploy-repository");
  layers.argocd.applications = [thirdPartyApplication(raw)];
  if (partition !== "aws-cn") {
    layers.route53.zones.dnssec = "delegated";
    layers.backup.copy = { enabled: true, region: otherRegions[partition] };
  }
  if (partition !== "aws-us-gov") layers.audit.budget = { monthlyUsd: 3000, covers: "environment" };
  if (partition === "aws") {
    layers["lb-waf"].shieldAdvanced = {
      enabled: true,
      acceptedPrice: "3000 USD a month for at least a year",
      subscribe: true,
    };
  }
}

/** Publishers of every source, with every form of subject. */
const publishers = {
  installer: {
    source: "github",
    organization: "example-org",
    organizationId: 123456,
    repository: "installer",
    repositoryId: 456789,
    branches: ["main"],
    tagPrefixes: ["v"],
    environments: ["release"],
    repositories: ["edge-orch/common/files"],
    pathPrefixes: ["edge-orch/common/"],
  },
  images: {
    source: "gitlab",
    issuer: "https://gitlab.example.com",
    project: "edge/platform/images",
    tagPrefixes: ["v"],
    repositories: ["edge-orch/common/files"],
  },
  builder: {
    source: "other",
    issuer: "https://tokens.example.com",
    audience: "releases",
    subjects: ["builder:nightly"],
    pathPrefixes: ["internal/nightly/"],
  },
};

/** An application beside those of the platform, with every setting that goes with a chart. */
function thirdPartyApplication(raw: RawEnvironment): object {
  return {
    name: "inventory-export",
    repository: "oci://registry.example.com/charts",
    chart: "inventory-export",
    revision: "1.2.3",
    namespace: "inventory-export",
    wave: 1,
    values: { replicas: 2 },
    clusterResources: [{ group: "rbac.authorization.k8s.io", kind: "ClusterRole" }],
    credentialsSecretArn: secretArn(raw, "inventory-export"),
  };
}

function secretArn({ partition, region, account }: RawEnvironment, name: string): string {
  return `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`;
}

/** Switches off every part of an environment that can be off, also what configs/example.yaml has on. */
export function switchEverythingOff(raw: RawEnvironment): void {
  const { layers } = raw;
  // A function, because YAML has an alias for what stands in two places.
  const off = () => ({ enabled: false });
  layers.account = off();
  layers.platform.services = Object.fromEntries(Object.keys(Services.shape).map((name) => [name, false]));
  layers["registry-cache"] = off();
  layers.audit = { trail: { ...off(), reason: "the organisation's trail" }, dashboard: false };
  layers.vpc.additionalCidrs = [];
  layers["network-operations"].interfaceEndpoints = ["kms", "logs", "ssm", "ssmmessages"];
  layers.route53.zones = { source: "new", queryLog: off(), certificateAuthorities: [], dnssec: "unsigned" };
  layers["object-store"].tracing = false;
  layers.efs.accessPoints = {};
  delete layers.eks.nodeGroups;
  delete layers.eks.nodes;
  delete layers.eks.additionalEgress;
  Object.assign(layers["lb-waf"], { elasticIpAddresses: false, wildcardRecord: false });
  delete layers["lb-waf"].shieldAdvanced;
  layers.backup.copy = { ...off(), region: layers.backup.copy?.region };
  layers.backup.restoreTesting = { ...off(), reason: "restored by hand" };
  layers["release-service"] = off();
  layers.eks.logRescue = off();
  Object.assign(layers.argocd, { gitea: off(), clusterAutoscaler: off() });
}

/** An environment file with everything on, for a scale profile and a partition. */
export function everythingOn(scaleProfile: string, partition: Partition = "aws"): string {
  const raw: RawEnvironment = parse(readFileSync(join(__dirname, "../configs/example.yaml"), "utf8"));
  moveTo(raw, partition);
  switchEverythingOn(raw);
  return stringify({ ...raw, scaleProfile });
}

function nodesWithEverything(partition: Partition) {
  return {
    nodeGroups: {
      batch: {
        instanceType: "m6i.2xlarge",
        minSize: 0,
        desiredSize: 0,
        maxSize: 3,
        diskGiB: 50,
        maxPods: 58,
        labels: { "example.com/workload": "batch" },
        taints: [{ key: "example.com/workload", value: "batch", effect: "NO_SCHEDULE" }],
      },
    },
    nodes: {
      additionalPolicyArns: [`arn:${partition}:iam::aws:policy/CloudWatchAgentServerPolicy`],
      proxy: {
        httpProxy: "http://proxy.example.com:3128",
        httpsProxy: "http://proxy.example.com:3128",
        noProxy: [".example.com"],
      },
      clusterDnsIp: "172.20.0.10",
      registryMirrors: { "docker.io": "https://mirror.example.com" },
      preBootstrapScript: "#!/bin/bash\nsysctl -w fs.inotify.max_user_instances=8192\n",
      postBootstrapScript: '#!/bin/bash\nlogger "joined the cluster"\n',
    },
    additionalEgress: {
      proxy: { cidr: "203.0.113.11/32", port: 3128, description: "Proxy of the nodes" },
      "smtp-relay": { cidr: "203.0.113.10/32", port: 587, description: "Mail of the alerting service" },
    },
  };
}
