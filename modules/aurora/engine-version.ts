import { allPages, awsCall } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { physicalName } from "../../lib/layer/names";
import { type Hindrance, preflight, type Preflight } from "../../lib/layer/preflight";
import { question, type Question } from "../../lib/layer/survey";
import { majorVersion, type Settings } from "./settings";

const Engine = "aurora-postgresql";

/** Identifier of the cluster; the same as in environments of the previous deployer, so that they can be adopted. */
export function clusterIdentifier({ name }: Environment): string {
  return physicalName(name, "rdsIdentifier", Engine);
}

/** AWS offers the engine version, and the cluster, if it exists, does not run a newer one: RDS refuses to downgrade. */
export function versionPreflight(environment: Environment, settings: Settings): readonly Preflight[] {
  const { engineVersion } = settings;
  const { region } = environment;
  const set = (version: string) => `Set layers.aurora.engineVersion: "${version}" in the environment file`;
  const Filters = [{ Name: "db-cluster-id", Values: [clusterIdentifier(environment)] }];
  return [
    preflight({
      about: "the engine version of the database",
      call: awsCall("rds", "DescribeDBClusters", { Filters }),
      actions: ["rds:DescribeDBClusters"],
      verdict: ({ DBClusters = [] }) => {
        const running = DBClusters[0]?.EngineVersion ?? engineVersion;
        if (!isOlder(engineVersion, running)) return undefined;
        return {
          reason: `the database runs Aurora PostgreSQL ${running}, and RDS does not downgrade it to ${engineVersion}`,
          cure: set(running),
        };
      },
    }),
    preflight({
      about: "the offered engine versions of databases",
      // All: a cluster keeps a version that AWS no longer offers to new ones.
      call: awsCall("rds", "DescribeDBEngineVersions", {
        Engine,
        EngineVersion: engineVersion,
        IncludeAll: true,
      }),
      actions: ["rds:DescribeDBEngineVersions"],
      verdict: ({ DBEngineVersions = [] }) => {
        const [found] = DBEngineVersions;
        return found === undefined
          ? {
              reason: `AWS has no Aurora PostgreSQL ${engineVersion} in ${region}`,
              cure: `${set("<version>")}; to list them, run: aws rds describe-db-engine-versions --engine ${Engine} --region ${region} --query 'DBEngineVersions[].[EngineVersion]' --output text`,
            }
          : capacityHindrances(settings, found.ServerlessV2FeaturesSupport ?? {});
      },
    }),
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2FeaturesSupport.html */
interface CapacityRange {
  readonly MinCapacity?: number | undefined;
  readonly MaxCapacity?: number | undefined;
}

/** Not every engine version pauses at 0 ACU, and not every one scales to 256. */
function capacityHindrances(
  { engineVersion, minCapacityAcu, maxCapacityAcu }: Settings,
  { MinCapacity: least = 0, MaxCapacity: most = maxCapacityAcu }: CapacityRange,
): readonly Hindrance[] {
  const hindrance = (setting: string, value: number, limit: string) => ({
    reason: `layers.aurora.${setting} is ${value}, but Aurora PostgreSQL ${engineVersion} takes ${limit} ACU`,
    cure: `Set layers.aurora.${setting} to ${limit}, or choose a newer engineVersion`,
  });
  return [
    ...(minCapacityAcu < least ? [hindrance("minCapacityAcu", minCapacityAcu, `at least ${least}`)] : []),
    ...(maxCapacityAcu > most ? [hindrance("maxCapacityAcu", maxCapacityAcu, `at most ${most}`)] : []),
  ];
}

/** Asks for a newer minor version than the configured one: nothing else installs its security fixes. */
export function newerVersionQuestion({ region }: Environment, settings: Settings): Question {
  const { engineVersion } = settings;
  return question({
    about: "newer engine versions of the database",
    call: allPages(awsCall("rds", "DescribeDBEngineVersions", { Engine }), "DBEngineVersions"),
    actions: ["rds:DescribeDBEngineVersions"],
    finding: ({ DBEngineVersions = [] }) => {
      const offered = DBEngineVersions.flatMap(({ EngineVersion = "" }) =>
        EngineVersion.split(".")[0] === majorVersion(settings) ? [EngineVersion] : [],
      );
      const newest = offered.reduce(
        (best, version) => (isOlder(best, version) ? version : best),
        engineVersion,
      );
      if (newest === engineVersion) return undefined;
      const end = offered.includes(engineVersion) ? "" : `, and ${engineVersion} no longer to new databases`;
      return `AWS offers Aurora PostgreSQL ${newest} in ${region}${end}; layers.aurora.engineVersion is "${engineVersion}"; to upgrade, see docs/guides/databases.md`;
    },
  });
}

/** Whether one version, e.g. `16.8`, is older than another. */
function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = than.split(".").map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
