import { expect, test } from "vitest";
import { neededDatabases } from "../gitops/needed-databases";
import { releaseNames, releases } from "../gitops/releases";
import { databases } from "../modules/aurora/databases";
import { Services } from "../modules/platform/services";

const none = Services.parse({
  observability: false,
  applicationOrchestration: false,
  clusterOrchestration: false,
  edgeInfrastructure: false,
});

test.each(releaseNames)("Aurora has every database that release %s reads", (name) => {
  const known: readonly string[] = databases.map(({ id }) => id);
  const needed = neededDatabases(releases[name], Services.parse({}));
  expect(needed.filter((database) => !known.includes(database))).toEqual([]);
  expect(needed).toContain("inventory");
});

test.each(releaseNames)("without services, release %s reads those of its users and of Vault", (name) => {
  expect(neededDatabases(releases[name], none)).toEqual(["platform-keycloak", "vault"]);
});

test("a database is needed with the service that reads it", () => {
  const release = releases["2026.0"];
  expect(neededDatabases(release, { ...none, applicationOrchestration: true })).toContain("app-orch-catalog");
  expect(neededDatabases(release, { ...none, observability: true })).toContain("alerting");
});
