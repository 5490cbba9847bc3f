import { zonesWithoutEks } from "../../lib/aws-facts/eks-zones";
import { awsCall, sent } from "../../lib/layer/aws-call";
import type { AwsOperations } from "../../lib/layer/aws-operations";
import type { Environment } from "../../lib/layer/environment-schema";
import { type Preflight, preflight } from "../../lib/layer/preflight";

type ZonesAnswer = AwsOperations["ec2"]["DescribeAvailabilityZones"]["output"];
type AvailabilityZone = NonNullable<ZonesAnswer["AvailabilityZones"]>[number];

/** Checks that every zone of the environment exists for this account, is in use, and can hold a cluster. */
export function zonesCheck({ region, zones }: Environment): Preflight {
  return preflight({
    about: `zones of ${region}`,
    // With the zones that the account has not enabled, e.g. Local Zones.
    call: awsCall("ec2", "DescribeAvailabilityZones", { AllAvailabilityZones: true }),
    actions: ["ec2:DescribeAvailabilityZones"],
    verdict: ({ AvailabilityZones }) => {
      const known = new Map(
        sent(AvailabilityZones, "AvailabilityZones").map((zone) => [zone.ZoneName ?? "", zone]),
      );
      const usable = [...known.values()].filter((zone) => faultOf(zone) === undefined);
      const choices = usable.map(({ ZoneName = "" }) => ZoneName).toSorted();
      return zones.flatMap((name) => {
        const zone = known.get(name);
        const fault = zone === undefined ? "which this account does not have" : faultOf(zone);
        if (fault === undefined) return [];
        return [
          {
            reason: `zones lists "${name}", ${fault}`,
            cure: `Choose three of ${choices.join(", ")} for "zones" in the environment file`,
          },
        ];
      });
    },
  });
}

/** The reason why a zone cannot be used, as a relative clause. */
function faultOf({ ZoneId = "", ZoneType, OptInStatus, State }: AvailabilityZone): string | undefined {
  if (ZoneType !== undefined && ZoneType !== "availability-zone")
    return `which is a ${ZoneType}, where EKS has no control plane and most services are missing`;
  if (OptInStatus === "not-opted-in") return "which is not enabled for this account";
  if (zonesWithoutEks.has(ZoneId)) return `whose ID is ${ZoneId}, where EKS accepts no cluster`;
  if (State !== undefined && State !== "available") return `whose state is "${State}"`;
  return undefined;
}
