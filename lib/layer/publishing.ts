/** Where `provision publish` puts files and images, and who else may; all of it follows from the environment file. */
export interface Publishing {
  /** Host of the registry that has the repositories. */
  readonly registry: string;
  /** What precedes the names of repositories there, with a slash at its end. */
  readonly repositoryPrefix: string;
  /** Repositories, without that prefix. */
  readonly repositories: readonly string[];
  readonly bucket: string;
  /** What precedes the paths of files in the bucket, with a slash at its end. */
  readonly filePrefix: string;
  /** Hosts that clients fetch from. */
  readonly hosts: Readonly<Record<"files" | "registry", string>>;
  /** Pipelines that may publish, and what. */
  readonly publishers: Readonly<
    Record<string, { readonly repositories: readonly string[]; readonly pathPrefixes: readonly string[] }>
  >;
}
