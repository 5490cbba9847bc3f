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
  /** Pipelines that may publish, and what, by name. */
  readonly publishers: Readonly<Record<string, PublishingPipeline>>;
}

/** A pipeline that may publish: its role, what it may publish, and from where. */
export interface PublishingPipeline {
  readonly roleArn: string;
  readonly source: "github" | "gitlab" | "other";
  /** Audience of its tokens. */
  readonly audience: string;
  readonly repositories: readonly string[];
  readonly pathPrefixes: readonly string[];
  readonly branches?: readonly string[];
  readonly tagPrefixes?: readonly string[];
  /** Environments of a repository on GitHub. */
  readonly environments?: readonly string[];
}
