/** A public registry whose images are cached. */
export interface Upstream {
  /** Host that image references name. */
  readonly host: string;
  /** What ECR calls it. */
  readonly url: string;
  /** Whether ECR asks for an account there: https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
  readonly needsCredentials: boolean;
}

/** The registries by the last part of their prefix: with the longest environment name, ECR's 30 characters are used up. */
export const upstreams = {
  docker: { host: "docker.io", url: "registry-1.docker.io", needsCredentials: true },
  ghcr: { host: "ghcr.io", url: "ghcr.io", needsCredentials: true },
  k8s: { host: "registry.k8s.io", url: "registry.k8s.io", needsCredentials: false },
  public: { host: "public.ecr.aws", url: "public.ecr.aws", needsCredentials: false },
  quay: { host: "quay.io", url: "quay.io", needsCredentials: false },
} as const satisfies Readonly<Record<string, Upstream>>;

export type UpstreamName = keyof typeof upstreams;
