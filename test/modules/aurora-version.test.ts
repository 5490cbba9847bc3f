import { describe, expect, test } from "vitest";
import { aurora } from "../../modules/aurora/layer";
import { loadConfig } from "../synth";
import { currentLook } from "./looks";

const given = () => {
  const { environment, settings } = loadConfig({
    edit: (raw) => (raw.layers["aurora"] = { engineVersion: "16.8" }),
  });
  return { environment, settings: aurora.settings.parse(settings["aurora"]) };
};
const offered = (...versions: string[]) => ({
  DBEngineVersions: versions.map((EngineVersion) => ({ EngineVersion })),
});

describe("before the first layer, the engine version", () => {
  const [running, available] = aurora.preflight?.(given()) ?? [];
  const verdictOn = (EngineVersion: string) => running?.verdict({ DBClusters: [{ EngineVersion }] });

  test("is compared with that of the cluster, if there is one", () => {
    expect(running).toMatchObject({
      call: { input: { Filters: [{ Name: "db-cluster-id", Values: ["example-aurora-postgresql"] }] } },
    });
    expect(running?.verdict({ DBClusters: [] })).toBeUndefined();
    expect(verdictOn("16.8")).toBeUndefined();
    expect(verdictOn("15.10")).toBeUndefined();
  });

  test.each(["16.10", "17.4"])("is refused when the cluster runs %s", (newer) => {
    expect(verdictOn(newer)).toEqual({
      reason: `the database runs Aurora PostgreSQL ${newer}, and RDS does not downgrade it to 16.8`,
      cure: `Set layers.aurora.engineVersion: "${newer}" in the environment file`,
    });
  });

  test("is refused when AWS does not have it, and not when AWS only no longer offers it to new databases", () => {
    expect(available).toMatchObject({ call: { input: { EngineVersion: "16.8", IncludeAll: true } } });
    expect(available?.verdict(offered("16.8"))).toEqual([]);
    expect(available?.verdict({ DBEngineVersions: [] })).toEqual({
      reason: "AWS has no Aurora PostgreSQL 16.8 in us-west-2",
      cure: `Set layers.aurora.engineVersion: "<version>" in the environment file; to list them, run: aws rds describe-db-engine-versions --engine aurora-postgresql --region us-west-2 --query 'DBEngineVersions[].[EngineVersion]' --output text`,
    });
  });
});

describe("before the first layer, the capacity", () => {
  const verdictOn = (capacity: object, ServerlessV2FeaturesSupport: object) => {
    const { environment, settings } = given();
    const [, available] = aurora.preflight?.({ environment, settings: { ...settings, ...capacity } }) ?? [];
    return available?.verdict({ DBEngineVersions: [{ EngineVersion: "16.8", ServerlessV2FeaturesSupport }] });
  };

  test("is accepted within the range of the engine version", () => {
    expect(
      verdictOn({ minCapacityAcu: 0, maxCapacityAcu: 256 }, { MinCapacity: 0, MaxCapacity: 256 }),
    ).toEqual([]);
    expect(verdictOn({ minCapacityAcu: 0, maxCapacityAcu: 256 }, {})).toEqual([]);
  });

  test("is refused outside of it", () => {
    expect(
      verdictOn({ minCapacityAcu: 0, maxCapacityAcu: 200 }, { MinCapacity: 0.5, MaxCapacity: 128 }),
    ).toEqual([
      {
        reason: "layers.aurora.minCapacityAcu is 0, but Aurora PostgreSQL 16.8 takes at least 0.5 ACU",
        cure: "Set layers.aurora.minCapacityAcu to at least 0.5, or choose a newer engineVersion",
      },
      {
        reason: "layers.aurora.maxCapacityAcu is 200, but Aurora PostgreSQL 16.8 takes at most 128 ACU",
        cure: "Set layers.aurora.maxCapacityAcu to at most 128, or choose a newer engineVersion",
      },
    ]);
  });
});

describe("before the first layer, Aurora Serverless v2", () => {
  const zones = ["us-west-2a", "us-west-2b", "us-west-2c"];
  const [, , offer] = aurora.preflight?.(given()) ?? [];
  const verdictOn = (...options: readonly [version: string, zones: readonly string[]][]) =>
    offer?.verdict({
      OrderableDBInstanceOptions: options.map(([EngineVersion, names]) => ({
        EngineVersion,
        AvailabilityZones: names.map((Name) => ({ Name })),
      })),
    });

  test("is offered in every zone, or the version is one that only existing clusters run", () => {
    expect(offer).toMatchObject({ call: { input: { DBInstanceClass: "db.serverless" } } });
    expect(verdictOn(["16.8", zones], ["15.2", zones.slice(1)])).toBeUndefined();
    expect(verdictOn(["16.8", zones.slice(1)], ["16.8", zones])).toBeUndefined();
    expect(verdictOn(["17.4", zones.slice(1)])).toBeUndefined();
    expect(verdictOn(["16.8", []])).toBeUndefined();
  });

  test("is refused in zones and regions that lack it", () => {
    expect(verdictOn(["16.8", zones.slice(1)], ["17.4", zones])).toEqual({
      reason: "AWS does not offer Aurora PostgreSQL 16.8 as db.serverless in us-west-2a",
      cure: 'Choose from us-west-2b, us-west-2c for "zones" in the environment file, or another engineVersion',
    });
    expect(verdictOn()).toEqual({
      reason: "AWS has no Aurora Serverless v2 for PostgreSQL in us-west-2",
      cure: "Choose another region in the environment file",
    });
  });
});

describe("the survey of engine versions", () => {
  const found = (...versions: string[]) =>
    currentLook(aurora.survey?.(given())[0]).finding(offered(...versions));

  test("says which newer minor version AWS offers", () => {
    expect(found("15.12", "16.8", "16.10", "16.9", "17.7")).toBe(
      'AWS offers Aurora PostgreSQL 16.10 in us-west-2; layers.aurora.engineVersion is "16.8"; to upgrade, see docs/guides/databases.md',
    );
    expect(found("16.10")).toBe(
      'AWS offers Aurora PostgreSQL 16.10 in us-west-2, and 16.8 no longer to new databases; layers.aurora.engineVersion is "16.8"; to upgrade, see docs/guides/databases.md',
    );
  });

  test("says nothing when there is none", () => {
    expect(found("16.6", "16.8", "17.7")).toBeUndefined();
  });
});

test("snapshots that a destroyed database leaves are named with the command that deletes them", () => {
  const [question] = aurora.leftovers?.(given()) ?? [];
  const answer = { DBClusterSnapshots: [{ DBClusterSnapshotIdentifier: "example-final-1" }] };
  expect(currentLook(question).finding({ DBClusterSnapshots: [] })).toBeUndefined();
  expect(currentLook(question).finding(answer)).toBe(
    "Snapshots of the database are left: example-final-1; to restore one, see docs/disaster-recovery.md; to delete each, run: aws rds delete-db-cluster-snapshot --region us-west-2 --db-cluster-snapshot-identifier <name>",
  );
});
