/** A lock file of npm as far as it matters here: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** One package of a lock file, by its folder; that of the product has an empty one. */
export interface LockedPackage {
  readonly name?: string;
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  /** Of Linux: `glibc` or `musl`. */
  readonly libc?: readonly string[];
  /** Part of the package above it. */
  readonly inBundle?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: object | undefined;
}

/** The lock file of what users install: without development dependencies, every package with its address and checksum. */
export function shrinkwrapOf(lock: LockFile): LockFile {
  const packages = productionPackages(lock).map(
    ([folder, locked]) => [folder, addressed(folder, locked)] as const,
  );
  const { "": root = { version: "" } } = lock.packages;
  const own = { ...root, dependencies: pinnedDependencies(lock), devDependencies: undefined };
  return { ...lock, packages: { "": own, ...Object.fromEntries(packages) } };
}

/**
 * The versions of all packages that have one, as dependencies of the product: npm reads the lock file of a package in
 * `npm ci` in its folder, and of a package from a registry, but not of one from a file or an address.
 * https://github.com/npm/cli/issues/5349
 */
function pinnedDependencies(lock: LockFile): Readonly<Record<string, string>> {
  const pinned = productionPackages(lock).filter(
    ([folder, { optional }]) => folder.lastIndexOf("node_modules/") === 0 && optional !== true,
  );
  return Object.fromEntries(
    pinned.map(([folder, { version }]) => [folder.slice("node_modules/".length), version]),
  );
}

/** What users install, by folder. */
export function productionPackages({ packages }: LockFile): readonly (readonly [string, LockedPackage])[] {
  return Object.entries(packages).filter(([folder, { dev }]) => folder !== "" && dev !== true);
}

/** "@swc/core" of "node_modules/@swc/core", or what an alias stands for. */
export function nameOf(folder: string, { name }: LockedPackage): string {
  return name ?? folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
}

function addressed(folder: string, locked: LockedPackage): LockedPackage {
  if (locked.inBundle === true) return locked;
  const name = nameOf(folder, locked);
  if (locked.integrity === undefined)
    throw new Error(`package-lock.json has no checksum of ${name} ${locked.version}`);
  const { version, integrity, ...rest } = locked;
  const file = `${name.slice(name.lastIndexOf("/") + 1)}-${version}.tgz`;
  // npm's client asks the registry that it is configured with instead: https://docs.npmjs.com/cli/v11/using-npm/config#replace-registry-host
  return { version, resolved: `https://registry.npmjs.org/${name}/-/${file}`, integrity, ...rest };
}
