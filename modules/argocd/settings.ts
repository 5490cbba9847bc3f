import { z } from "zod";
import { ChartDigests, ChartRepositories } from "./chart-repositories";
import { Applications } from "./applications/settings";
import { certificates } from "./certificate-text";
import { defaultArgocd } from "./kubernetes-versions";
import { secretArn } from "../../lib/layer/secret-arn";
import { Overrides } from "./overrides";
import { relativePath } from "./relative-path";
import { gitAddress } from "./repository-address";
import { plainText } from "../../lib/layer/environment-schema";

const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'must be an exact chart version, e.g. "9.5.11"');
const repository = z.strictObject({
  url: gitAddress
    .default("https://github.com/open-edge-platform/edge-manageability-framework")
    .describe(
      "Git repository from which Argo CD deploys the orchestrator, e.g. on GitHub, GitLab, or in the cluster's Gitea: https://gitea.<domain>/argocd/<name>",
    ),
  credentialsSecretArn: secretArn
    .optional()
    .describe(
      "Secret in Secrets Manager for a private repository: JSON with username and password, which may be a token; unset: none, or in the cluster's Gitea those of its user argocd",
    ),
  certificateAuthority: certificates
    .optional()
    .describe(
      "PEM certificates of the authority of the repository's server, if it is a private one; added to no other server",
    ),
  revision: plainText
    .optional()
    .describe(
      "Commit or tag, e.g. of a repository of your own; unset: the commit of the release in layers.platform.release",
    ),
  allowMovingRevision: z
    .boolean()
    .default(false)
    .describe("Accept a branch as revision, with which Argo CD deploys every later commit by itself"),
  applicationsPath: relativePath
    .default("argocd/applications")
    .describe("Path of the chart that renders one Argo CD Application per component"),
  valueFiles: z
    .array(relativePath)
    .min(1)
    .optional()
    .describe(
      "Value files of that chart, in order of increasing precedence; unset: those of the release for AWS, the services and the sizes in layers.platform",
    ),
});

const argocdServer = z.strictObject({
  chartVersion: version.default(defaultArgocd.chartVersion).describe("Version of the Helm chart argo-cd"),
  adminPasswordSecretArn: secretArn
    .optional()
    .describe(
      "Secret in Secrets Manager with the password of the user admin: JSON with password, of at most 72 bytes; unset: a generated password",
    ),
  sessionDurationHours: z.int().min(1).max(24).default(1).describe("Session duration in hours"),
  autoSync: z.boolean().default(true).describe("Automatic sync with pruning and self-healing"),
});

const gitea = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z.literal(true).describe("Install Gitea in the cluster"),
    chartVersion: version.default("10.4.0").describe("Version of the Helm chart gitea"),
    imageTag: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, 'must be an exact version of Gitea, e.g. "1.25.4"')
      .default("1.25.4")
      .describe("Version of Gitea itself; the chart's own default is older"),
    storageGibibytes: z
      .int()
      .min(1)
      .max(16_384)
      .default(10)
      .describe("Size of the encrypted gp3 volume for repositories and database"),
  }),
  z.strictObject({ enabled: z.literal(false).describe("Do not install Gitea") }),
]);

const clusterAutoscaler = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z.literal(true).describe("Install the cluster autoscaler"),
    chartVersion: version.default("9.59.0").describe("Version of the Helm chart cluster-autoscaler"),
  }),
  z.strictObject({
    enabled: z
      .literal(false)
      .describe(
        "Do not install it: if the platform does, with its profile enable-autoscaling, or if node groups have a fixed size",
      ),
  }),
]);

/** Settings of the argocd layer in an environment file. */
export const Settings = z.strictObject({
  repository: repository.prefault({}).describe("Repository that Argo CD deploys"),
  overrides: Overrides.default({}).describe(
    "Values of single applications of the platform, by application; they override those of the repository and of this product",
  ),
  applications: Applications.default([]).describe(
    "Applications beside those of the platform, each in a project with its own repository and namespace only",
  ),
  argocd: argocdServer.prefault({}).describe("Argo CD"),
  gitea: gitea
    .prefault({ enabled: true })
    .describe(
      "In-cluster Git server, in which application orchestration creates a repository for each deployment; that service requires it",
    ),
  clusterAutoscaler: clusterAutoscaler
    .prefault({ enabled: true })
    .describe("Cluster autoscaler, which scales node groups within the sizes in layers.eks.nodeGroups"),
  loadBalancerControllerChartVersion: version
    .default("1.13.4")
    .describe(
      "Version of the Helm chart aws-load-balancer-controller, which registers pods in target groups",
    ),
  chartRepositories: ChartRepositories.prefault({}).describe(
    "Repositories of the Helm charts, one setting for each chart, e.g. of a mirror; an oci:// value ends before the chart's name: an https:// one is read without credentials, an oci:// one with those that helm registry login stored on the machine on which Terraform runs",
  ),
  chartDigests: ChartDigests.prefault({}).describe(
    "Digests of the Helm charts, one setting for each chart that is read from an oci:// repository; helm push prints them",
  ),
});

/** Validated settings of the argocd layer. */
export type Settings = z.output<typeof Settings>;
