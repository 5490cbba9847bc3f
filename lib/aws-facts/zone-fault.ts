import type { AwsOperations } from "../layer/aws-operations";
import { zonesWithoutEks } from "./eks-zones";

type ZonesAnswer = AwsOperations["ec2"]["DescribeAvailabilityZones"]["output"];
/** A zone as EC2 describes it. */
type AvailabilityZone = NonNullable<ZonesAnswer["AvailabilityZones"]>[number];

/** The reason why an account cannot use a zone for an environment, as a relative clause; undefined: it can. */
export function zoneFault({
  ZoneId = "",
  ZoneType,
  OptInStatus,
  State,
}: AvailabilityZone): string | undefined {
  if (ZoneType !== undefined && ZoneType !== "availability-zone")
    return `which is a ${ZoneType}, where EKS has no control plane and most services are missing`;
  if (OptInStatus === "not-opted-in") return "which is not enabled for this account";
  if (zonesWithoutEks.has(ZoneId)) return `whose ID is ${ZoneId}, where EKS accepts no cluster`;
  if (State !== undefined && State !== "available") return `whose state is "${State}"`;
  return undefined;
}
