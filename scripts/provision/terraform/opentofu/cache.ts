import type { World } from "../../world/index";

/** What was fetched: the program, and the file that has its SHA-256. */
export interface CachedProgram {
  readonly folder: string;
  readonly program: string;
  readonly sum: string;
}

/** Where OpenTofu is kept between runs; undefined without a home folder. */
export function cachedProgram({ environment, downloads }: World): CachedProgram | undefined {
  const cache = cacheFolder(environment, downloads.platform.startsWith("darwin-"));
  if (cache === undefined) return undefined;
  const { version } = downloads.openTofu;
  const folder = `${cache}/edge-orchestrator-aws/opentofu-${version}-${downloads.platform}`;
  return { folder, program: `${folder}/tofu`, sum: `${folder}/tofu.sha256` };
}

/** The first of its paths, from the product's folder on, that others can change: a cache folder can be one of all users, as /tmp is. */
export function foreignPath({ files }: Pick<World, "files">, cached: CachedProgram): string | undefined {
  const paths = [cached.folder.replace(/\/[^/]*$/, ""), cached.folder, cached.program, cached.sum];
  return paths.find((path) => !files.isOwn(path));
}

/** https://specifications.freedesktop.org/basedir-spec/latest/: a relative path counts as none. */
function cacheFolder(environment: World["environment"], isMacOs: boolean): string | undefined {
  const { XDG_CACHE_HOME: named = "", HOME: home = "" } = environment;
  if (named.startsWith("/")) return named;
  if (!home.startsWith("/")) return undefined;
  return `${home}/${isMacOs ? "Library/Caches" : ".cache"}`;
}

/**
 * The OpenTofu that was fetched before, if it is as it was then: reading it costs a fifth of a second, and finds what a full
 * disk or a cleaner of caches left of it. It is no protection from whoever may write to the user's own folders, but what other
 * users can change is not used.
 */
export function fetchedProgram(world: World): string | undefined {
  const cached = cachedProgram(world);
  const known = cached === undefined ? undefined : world.files.read(cached.sum)?.split(" ")[0];
  if (cached === undefined || known === undefined || foreignPath(world, cached) !== undefined)
    return undefined;
  return world.files.digest(cached.program) === known ? cached.program : undefined;
}
