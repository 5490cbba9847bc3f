import type { YamlObject } from "../yaml";

/** An application beside those of the platform. */
export interface ThirdPartyApplication {
  readonly name: string;
  /** An https:// or oci:// address. */
  readonly repository: string;
  readonly revision: string;
  /** Of a folder in a Git repository; unset: a chart. */
  readonly path?: string | undefined;
  /** In a repository of charts; unset: a path. */
  readonly chart?: string | undefined;
  readonly namespace: string;
  /** After the platform's last wave. */
  readonly wave: number;
  readonly values: YamlObject;
  /** Kinds without a namespace that it may have. */
  readonly clusterResources: readonly { readonly group: string; readonly kind: string }[];
}

/** Those of an environment. */
export interface ThirdPartyApplications {
  readonly environment: string;
  readonly applications: readonly ThirdPartyApplication[];
}

/** Argo CD reads a repository of charts without a scheme as an OCI registry: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
export function addressOf(repository: string): string {
  return repository.replace(/^oci:\/\//, "");
}
