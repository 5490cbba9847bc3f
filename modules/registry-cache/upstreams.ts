/** A public registry whose images are cached. */
export interface Upstream {
  /** Host in image references. */
  readonly host: string;
  /** Upstream registry URL in ECR. */
  readonly url: string;
  /** Whether ECR requires credentials: https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
  readonly needsCredentials: boolean;
}

/** The registries by the last part of their prefix, which is limited to 30 characters including the environment name. */
export const upstreams = {
  docker: { host: "docker.io", url: "registry-1.docker.io", needsCredentials: true },
  ghcr: { host: "ghcr.io", url: "ghcr.io", needsCredentials: true },
  k8s: { host: "registry.k8s.io", url: "registry.k8s.io", needsCredentials: false },
  public: { host: "public.ecr.aws", url: "public.ecr.aws", needsCredentials: false },
  quay: { host: "quay.io", url: "quay.io", needsCredentials: false },
} as const satisfies Readonly<Record<string, Upstream>>;

export type UpstreamName = keyof typeof upstreams;
