import { z } from "zod";
import { plainText } from "../../lib/layer/environment-schema";

const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'must be an exact chart version, e.g. "8.2.7"');
const relativePath = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/, "must be a path relative to the root of the repository");

const repository = z.strictObject({
  url: z
    .url({ protocol: /^https$/, error: "must be an https:// address of a Git repository" })
    .refine((url) => !/[$%]\{/.test(url), "must not contain ${ or %{, which Terraform would evaluate")
    .default("https://github.com/open-edge-platform/edge-manageability-framework")
    .describe(
      "Git repository that Argo CD deploys the orchestrator from; a private one needs a Secret of Argo CD's type repository in the namespace argocd",
    ),
  revision: plainText
    .default("release-2026.0")
    .describe("Branch, tag or commit; a commit makes deployments repeatable"),
  applicationsPath: relativePath
    .default("argocd/applications")
    .describe("Folder of the chart that renders one Argo CD Application per component"),
  valueFiles: z
    .array(relativePath)
    .min(1)
    .optional()
    .describe(
      "Value files of that chart, the last wins; unset: the platform's profiles for AWS and the scale profile",
    ),
});

const argocdServer = z.strictObject({
  chartVersion: version.default("8.2.7").describe("Version of the Helm chart argo-cd"),
  sessionDurationHours: z
    .int()
    .min(1)
    .max(24)
    .default(1)
    .describe("After how long a signed-in user must sign in again"),
  autoSync: z
    .boolean()
    .default(true)
    .describe("Argo CD applies changes of the repository, prunes and undoes drift by itself"),
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
      .describe("Size of the encrypted gp3 volume that holds repositories and database"),
  }),
  z.strictObject({ enabled: z.literal(false).describe("Do not install Gitea") }),
]);

const clusterAutoscaler = z.discriminatedUnion("enabled", [
  z.strictObject({
    enabled: z.literal(true).describe("Install the cluster autoscaler, which adds and removes nodes"),
    chartVersion: version.default("9.59.0").describe("Version of the Helm chart cluster-autoscaler"),
  }),
  z.strictObject({
    enabled: z
      .literal(false)
      .describe(
        "Install none: where the platform does, by its profile enable-autoscaling, or nobody, so that every node group stays as it is",
      ),
  }),
]);

/** What an environment file may say about GitOps. */
export const Settings = z.strictObject({
  adminEmail: z
    .email()
    .optional()
    .describe("Contact for the certificate authority that issues the orchestrator's certificates"),
  repository: repository.prefault({}).describe("What Argo CD deploys"),
  argocd: argocdServer.prefault({}).describe("Argo CD itself"),
  gitea: gitea
    .prefault({ enabled: true })
    .describe("In-cluster Git server, which application and cluster orchestration write to"),
  clusterAutoscaler: clusterAutoscaler
    .prefault({ enabled: true })
    .describe("What adds a node where a pod finds no place, within the sizes of layers.eks.nodeGroups"),
  loadBalancerControllerChartVersion: version
    .default("1.13.4")
    .describe("Version of the Helm chart aws-load-balancer-controller, which binds pods to target groups"),
});

/** Checked settings of this layer. */
export type Settings = z.output<typeof Settings>;
