/** Folder of the platform's profiles in its repository. */
const folder = "orch-configs/profiles";

const largeProfiles: readonly string[] = ["500en", "1ken", "10ken"];

/** The platform's value files for AWS, in the order in which they override each other: the last wins. */
export function valueFiles({
  scaleProfile,
  issueCertificates,
}: {
  readonly scaleProfile: string;
  readonly issueCertificates: boolean;
}): string[] {
  const profiles = [
    "enable-platform",
    "enable-o11y",
    "enable-kyverno",
    "enable-app-orch",
    "enable-cluster-orch",
    "enable-edgeinfra",
    "enable-full-ui",
    "enable-aws",
    "proxy-none",
    "profile-aws",
    "resource-default",
    "profile-aws-production",
    largeProfiles.includes(scaleProfile) ? "o11y-release-large" : "o11y-release",
    ...(issueCertificates ? ["profile-autocert"] : []),
    "artifact-rs-production-noauth",
  ];
  return profiles.map((profile) => `${folder}/${profile}.yaml`);
}
