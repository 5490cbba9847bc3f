import type { PlatformRelease } from "../../gitops/releases/platform-release";
import type { versions } from "../../lib/aws-facts/kubernetes-versions";
import type { Problem } from "../../lib/layer/layer";

/**
 * The chart of Argo CD that is installed by default, and the Kubernetes versions in the table of its Argo CD:
 * "3.3 | v1.35, v1.34, v1.33, v1.32",
 * https://github.com/argoproj/argo-cd/blob/v3.3.9/docs/operator-manual/tested-kubernetes-versions.md
 */
export const defaultArgocd = {
  chartVersion: "9.5.11",
  version: "3.3",
  testedOn: ["1.32", "1.33", "1.34", "1.35"],
} as const;

/** The cluster's version, and what runs on it. */
interface Combination {
  readonly version: (typeof versions)[number];
  readonly release: { readonly name: string } & Pick<PlatformRelease, "kubernetes">;
  readonly chartVersion: string;
}

const path = ["layers", "eks", "version"];

/** Reports a version on which a release is not installed. */
export function kubernetesProblems({ version, release }: Combination): readonly Problem[] {
  const { allowed } = release.kubernetes;
  if (allowed.includes(version)) return [];
  const message = `"${version}" is not a version that release ${release.name} of the platform is installed on`;
  return [{ path, message, hint: `Set it to ${allowed.join(" or ")}` }];
}

/** Reports a version that is accepted, and that the release's publisher or Argo CD has not tried. */
export function kubernetesWarnings({ version, release, chartVersion }: Combination): readonly Problem[] {
  const { allowed, ranOn } = release.kubernetes;
  const tried = ranOn.some((each) => allowed.includes(each));
  const untried = {
    path,
    message: `"${version}" is accepted, but release ${release.name} of the platform ran on ${ranOn.join(", ")} where its publisher deployed it`,
    hint: `${tried ? "" : "It ran on none that can be chosen. "}Deploy a test environment of this version before one in production`,
  };
  const untested = {
    path,
    message: `"${version}" is accepted, but Argo CD ${defaultArgocd.version} is tested on ${defaultArgocd.testedOn.join(", ")}`,
    hint: "Set it to one of them, or layers.argocd.argocd.chartVersion to a chart of an Argo CD that names it",
  };
  const tested: readonly string[] = defaultArgocd.testedOn;
  const isTested = chartVersion !== defaultArgocd.chartVersion || tested.includes(version);
  return [...(ranOn.includes(version) ? [] : [untried]), ...(isTested ? [] : [untested])];
}
