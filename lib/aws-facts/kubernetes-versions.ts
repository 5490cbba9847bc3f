/** Kubernetes versions that EKS serves in standard support and whose add-on versions are known here. */
export const versions = ["1.34", "1.35", "1.36"] as const;
type Version = (typeof versions)[number];

/** The default version. */
export const defaultVersion: Version = "1.35";

type Addon =
  | "vpc-cni"
  | "kube-proxy"
  | "coredns"
  | "eks-pod-identity-agent"
  | "aws-ebs-csi-driver"
  | "aws-efs-csi-driver";

/** Add-on versions common to all Kubernetes versions above. */
const shared = {
  "vpc-cni": "v1.22.4-eksbuild.3",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
  "aws-efs-csi-driver": "v3.4.2-eksbuild.1",
} as const;

/**
 * Add-on versions by Kubernetes version, as EKS resolved them in September 2026. List newer ones with
 * `aws eks describe-addon-versions --kubernetes-version <version>`.
 */
export const addonVersions: Readonly<Record<Version, Readonly<Record<Addon, string>>>> = {
  // Standard support until 2 December 2026, extended support for a year more; so for each version.
  "1.34": { ...shared, "kube-proxy": "v1.34.6-eksbuild.29", coredns: "v1.12.4-eksbuild.38" },
  // 27 March 2027
  "1.35": { ...shared, "kube-proxy": "v1.35.3-eksbuild.21", coredns: "v1.13.2-eksbuild.21" },
  // 2 August 2027
  "1.36": { ...shared, "kube-proxy": "v1.36.0-eksbuild.21", coredns: "v1.14.3-eksbuild.16" },
};
