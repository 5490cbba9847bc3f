/** The minor version that RDS takes for a major one: `aws rds describe-db-engine-versions --default-only`. */
const defaultVersions: Readonly<Record<string, string>> = { 15: "15.10", 16: "16.6", 17: "17.4" };

/** The major version of a version, e.g. `16`. */
export function majorOf(version: string): string {
  return version.split(".")[0] ?? "";
}

/** The version that RDS runs for a requested one, which may be a major version alone. */
export function exactVersion(requested: string): string {
  return requested.includes(".") ? requested : (defaultVersions[requested] ?? `${requested}.1`);
}

/** Whether one version is older than another. */
export function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = than.split(".").map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
