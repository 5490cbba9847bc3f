import { z } from "zod";
import { repositoryAddress } from "./repository-address";

/** Where the charts are published. */
const published = {
  "argo-cd": "https://argoproj.github.io/argo-helm",
  "argocd-apps": "https://argoproj.github.io/argo-helm",
  "aws-load-balancer-controller": "https://aws.github.io/eks-charts",
  "cluster-autoscaler": "https://kubernetes.github.io/autoscaler",
  gitea: "https://dl.gitea.com/charts/",
} as const;

/** A chart that this layer installs. */
export type ChartName = keyof typeof published;

const of = (chart: ChartName) =>
  repositoryAddress.default(published[chart]).describe(`Repository of the chart ${chart}`);

/**
 * The repository of each chart. Helm reads an OCI registry with the credentials of `helm registry login`; those that the
 * provider takes for a release would be in its state: https://helm.sh/docs/topics/registries/,
 * https://github.com/hashicorp/terraform-provider-helm/blob/v3.1.1/helm/provider.go
 */
export const ChartRepositories = z.strictObject({
  "argo-cd": of("argo-cd"),
  "argocd-apps": of("argocd-apps"),
  "aws-load-balancer-controller": of("aws-load-balancer-controller"),
  "cluster-autoscaler": of("cluster-autoscaler"),
  gitea: of("gitea"),
});

const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, "must be sha256: and 64 hexadecimal digits, as helm push prints it")
  .optional();

const digestOf = (chart: ChartName) =>
  digest.describe(`Digest of the chart ${chart} in its OCI registry; another one is refused`);

/** The digest of each chart. Helm compares it with what an OCI registry has: https://helm.sh/docs/topics/registries/ */
export const ChartDigests = z.strictObject({
  "argo-cd": digestOf("argo-cd"),
  "argocd-apps": digestOf("argocd-apps"),
  "aws-load-balancer-controller": digestOf("aws-load-balancer-controller"),
  "cluster-autoscaler": digestOf("cluster-autoscaler"),
  gitea: digestOf("gitea"),
});
