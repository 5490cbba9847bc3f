import type { PlatformRelease, ServiceName } from "./releases/platform-release";

/** How the Secrets with a database's host and user are named; those for its read-only replicas have `-reader` before. */
const ending = /(-reader)?-aurora-postgresql$/;

/** The databases whose Secrets a release reads with these services, by the names that its charts give them. */
export function neededDatabases(
  { secrets }: Pick<PlatformRelease, "secrets">,
  services: Readonly<Record<ServiceName, boolean>>,
): readonly string[] {
  const read = secrets.filter(
    ({ name, service }) => ending.test(name) && (service === undefined || services[service]),
  );
  return [...new Set(read.map(({ name }) => name.replace(ending, "")))].sort();
}
