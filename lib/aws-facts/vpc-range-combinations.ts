import { isWithin } from "./overlap";
import { privateRanges } from "./private-ranges";

const ofAwsServices = "198.19.0.0/16";
const firstTwo = "10.0.0.0/15";
const first = "10.0.0.0/16";
const defaultVpcs = "172.31.0.0/16";

/**
 * Why EC2 does not associate a range with a VPC, as a clause; undefined: it does. Table "IPv4 CIDR block association
 * restrictions" in https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions:
 * some AWS services use ranges of their own that a VPC's must not conflict with.
 *
 * @param present ranges that the VPC has already, the primary one first
 */
export function combinationFault(present: readonly string[], added: string): string | undefined {
  const [primary] = present;
  if (primary === undefined) return undefined;
  // Of private ranges, a VPC can have those of one only, beside shared and public ones.
  const home = privateRanges.find((range) => isWithin(primary, range));
  const family = privateRanges.find((range) => isWithin(added, range));
  if (family !== undefined && family !== home)
    return home === undefined
      ? `a VPC whose first range, "${primary}", is not in ${privateRanges.join(", ")} cannot have ranges of these`
      : `a VPC whose first range, "${primary}", is in ${home} cannot have ranges of ${family}`;
  if (isWithin(added, ofAwsServices) && !isWithin(primary, ofAwsServices))
    return `a VPC whose first range is outside ${ofAwsServices} cannot have a range of it`;
  if (isWithin(added, defaultVpcs)) return `EC2 does not add ranges of ${defaultVpcs} to a VPC`;
  const early = present.find((range) => isWithin(range, firstTwo));
  if (isWithin(added, first) && early !== undefined)
    return `EC2 does not add ranges of ${first} to a VPC that has one of ${firstTwo}, here "${early}"`;
  return undefined;
}
