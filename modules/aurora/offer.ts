import { allPages, awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { preflight, type Preflight } from "../../lib/layer/preflight";
import type { Settings } from "./settings";

/**
 * AWS offers Aurora Serverless v2 in the region, and in every zone. It is not in every region:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.requirements.html
 */
export function offerPreflight({ region, zones }: Environment, { engineVersion }: Settings): Preflight {
  const input = { Engine: "aurora-postgresql", DBInstanceClass: "db.serverless" };
  return preflight({
    about: "the zones with Aurora Serverless v2",
    // Of all versions: one that AWS no longer offers to new clusters says nothing about a cluster that runs it.
    call: allPages(awsCall("rds", "DescribeOrderableDBInstanceOptions", input), "OrderableDBInstanceOptions"),
    actions: ["rds:DescribeOrderableDBInstanceOptions"],
    verdict: ({ OrderableDBInstanceOptions }) => {
      const offers = sent(OrderableDBInstanceOptions, "OrderableDBInstanceOptions");
      if (offers.length === 0) {
        return {
          reason: `AWS has no Aurora Serverless v2 for PostgreSQL in ${region}`,
          cure: "Choose another region in the environment file",
        };
      }
      const offered = offers.flatMap(({ EngineVersion, AvailabilityZones = [] }) =>
        EngineVersion === engineVersion ? AvailabilityZones.map(({ Name = "" }) => Name) : [],
      );
      if (offered.length === 0) return undefined;
      const lacking = zones.filter((zone) => !offered.includes(zone));
      if (lacking.length === 0) return undefined;
      const choices = [...new Set(offered)].toSorted().join(", ");
      return {
        reason: `AWS does not offer Aurora PostgreSQL ${engineVersion} as db.serverless in ${lacking.join(", ")}`,
        cure: `Choose from ${choices} for "zones" in the environment file, or another engineVersion`,
      };
    },
  });
}
