import { zoneFault } from "../../lib/aws-facts/zone-fault";
import { awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { type Preflight, preflight } from "../../lib/layer/preflight";

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
      const usable = [...known.values()].filter((zone) => zoneFault(zone) === undefined);
      const choices = usable.map(({ ZoneName = "" }) => ZoneName).toSorted();
      return zones.flatMap((name) => {
        const zone = known.get(name);
        const fault = zone === undefined ? "which this account does not have" : zoneFault(zone);
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
