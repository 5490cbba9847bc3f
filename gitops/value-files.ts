import type { PlatformRelease, Services } from "./releases/platform-release";

/** Folder of the platform's profiles in its repository. */
const folder = "orch-configs/profiles";

/** Sizes of the services whose charts have profiles for them. */
export interface Sizes {
  readonly observability: "standard" | "large";
  readonly edgeInfrastructure: "standard" | "1k" | "10k";
}

/** What decides on the profiles of an environment. */
export interface PlatformChoice {
  readonly release: Pick<PlatformRelease, "profiles">;
  readonly services: Services;
  readonly sizes: Sizes;
  readonly issueCertificates: boolean;
  /** Whether the ingress has the platform's own rate limit. */
  readonly limitRate: boolean;
}

/** The platform's value files for AWS, in the order in which they override each other: the last wins. */
export function valueFiles(choice: PlatformChoice): string[] {
  return wantedProfiles(choice).map((profile) => {
    // A value file that the repository does not have fails the root application, and with it the whole platform.
    if (!choice.release.profiles.includes(profile))
      throw new Error(`The release has no profile "${profile}"`);
    return `${folder}/${profile}.yaml`;
  });
}

/** In the order of https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/installer/cluster_aws.tpl */
function wantedProfiles({
  release,
  services,
  sizes,
  issueCertificates,
  limitRate,
}: PlatformChoice): readonly string[] {
  const given = (condition: boolean, profile: string) => (condition ? [profile] : []);
  return [
    "enable-platform",
    ...given(services.observability, "enable-o11y"),
    ...given(services.kyverno, "enable-kyverno"),
    ...given(services.applicationOrchestration, "enable-app-orch"),
    ...given(services.clusterOrchestration, "enable-cluster-orch"),
    ...(services.edgeInfrastructure ? edgeInfrastructureProfiles[sizes.edgeInfrastructure] : []),
    ...given(services.ui, "enable-full-ui"),
    "enable-aws",
    ...given(services.sre, "enable-sre"),
    ...given(services.autoscaling, "enable-autoscaling"),
    ...given(services.explicitProxy, "enable-explicit-proxy"),
    "proxy-none",
    "profile-aws",
    "resource-default",
    "profile-aws-production",
    ...given(services.observability, observabilityProfiles[sizes.observability]),
    ...given(!services.observability && release.profiles.includes("eim-noobb"), "eim-noobb"),
    ...given(services.singleTenancy, "enable-singleTenancy"),
    ...given(services.alertEmails, "alerting-emails"),
    ...given(limitRate, "default-traefik-rate-limit"),
    ...given(issueCertificates, "profile-autocert"),
    "artifact-rs-production-noauth",
  ];
}

/**
 * The profile for 10,000 edge nodes has resources alone, and switches no application on:
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/orch-configs/profiles/enable-edgeinfra-10k.yaml
 */
const edgeInfrastructureProfiles: Readonly<Record<Sizes["edgeInfrastructure"], readonly string[]>> = {
  standard: ["enable-edgeinfra"],
  "1k": ["enable-edgeinfra-1k"],
  "10k": ["enable-edgeinfra", "enable-edgeinfra-10k"],
};

const observabilityProfiles: Readonly<Record<Sizes["observability"], string>> = {
  standard: "o11y-release",
  large: "o11y-release-large",
};
