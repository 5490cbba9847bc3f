import type { Environment } from "../../../../../lib/layer/environment-schema";
import type { Publishing, PublishingPipeline } from "../../../../../lib/layer/publishing";

/** What a pipeline that publishes needs to know. */
export interface Publisher extends PublishingPipeline {
  /** `publish-<environment>-<publisher>` */
  readonly job: string;
  readonly region: string;
  readonly places: Pick<Publishing, "registry" | "repositoryPrefix" | "bucket" | "filePrefix">;
  /** The repository that is meant if the job names none; empty if there are several, or none. */
  readonly repository: string;
  /** Whether a job must say at which path its file is for downloads, because the usual path is below none of the prefixes. */
  readonly needsPath: boolean;
}

/** The publisher of that name; undefined if there is none. */
export function publisherNamed(
  { name: environment, region }: Pick<Environment, "name" | "region">,
  places: Publishing,
  name: string,
): Publisher | undefined {
  const found = places.publishers[name];
  if (found === undefined) return undefined;
  const { repositories, pathPrefixes } = found;
  const [first = ""] = repositories;
  const below = (repository: string) => pathPrefixes.some((prefix) => `${repository}/`.startsWith(prefix));
  return {
    ...found,
    job: `publish-${environment}-${name}`,
    region,
    places,
    repository: repositories.length === 1 ? first : "",
    needsPath: pathPrefixes.length > 0 && (repositories.length === 0 || !repositories.every(below)),
  };
}

/** Values of the script's variables that follow from the environment file. */
export function variablesOf({
  places,
  repositories,
  pathPrefixes,
}: Publisher): Readonly<Record<string, string>> {
  return {
    ...(repositories.length === 0
      ? {}
      : { REGISTRY: places.registry, REPOSITORY_PREFIX: places.repositoryPrefix }),
    ...(pathPrefixes.length === 0 ? {} : { BUCKET: places.bucket, FILE_PREFIX: places.filePrefix }),
  };
}
