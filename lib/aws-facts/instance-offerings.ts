import { allPages, awsCall, sent } from "../layer/aws-call";
import { architectureOf } from "./instance-families";
import { type Hindrance, type Preflight, preflight } from "../layer/preflight";

/** An instance type of a setting, and the zones in which its instances start. */
export interface WantedType {
  /** Path of the setting, e.g. `layers.network-operations.bastion.instanceType`. */
  readonly setting: string;
  readonly instanceType: string;
  readonly zones: readonly string[];
}

/** Families of x86_64 by class, the cheapest first; every region has one of each. */
const standIns: Readonly<Record<string, readonly string[]>> = {
  c: ["c6i", "c7i", "c5"],
  m: ["m6i", "m7i", "m5"],
  r: ["r6i", "r7i", "r5"],
};

/**
 * Checks that EC2 offers the instance types: no region has all of them, and many a zone lacks some of its region. See
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-regions.html
 */
export function offeringsCheck(about: string, wanted: readonly WantedType[]): Preflight {
  const types = [
    ...new Set(wanted.flatMap(({ instanceType }) => [instanceType, ...standInsFor(instanceType)])),
  ];
  const input = {
    LocationType: "availability-zone" as const,
    Filters: [{ Name: "instance-type", Values: types }],
  };
  return preflight({
    about,
    call: allPages(awsCall("ec2", "DescribeInstanceTypeOfferings", input), "InstanceTypeOfferings"),
    actions: ["ec2:DescribeInstanceTypeOfferings"],
    verdict: ({ InstanceTypeOfferings }) => {
      const offered = new Set(
        sent(InstanceTypeOfferings, "InstanceTypeOfferings").map(
          ({ InstanceType, Location }) => `${InstanceType ?? ""} ${Location ?? ""}`,
        ),
      );
      return wanted.flatMap((type) => missing(type, offered));
    },
  });
}

function missing(
  { setting, instanceType, zones }: WantedType,
  offered: ReadonlySet<string>,
): readonly Hindrance[] {
  const lacking = zones.filter((zone) => !offered.has(`${instanceType} ${zone}`));
  if (lacking.length === 0) return [];
  const other = standInsFor(instanceType).find((type) =>
    zones.every((zone) => offered.has(`${type} ${zone}`)),
  );
  const type = other === undefined ? "a type that is offered there" : `"${other}", which is offered there`;
  return [
    {
      reason: `${setting} is "${instanceType}", which EC2 does not offer in ${lacking.join(", ")}`,
      cure: `Set ${setting} to ${type}, or choose other zones in the environment file`,
    },
  ];
}

/** Types with as many processors and as much memory, or more; none for Arm. */
function standInsFor(instanceType: string): readonly string[] {
  if (architectureOf(instanceType) !== "x86_64") return [];
  const [family = "", size = ""] = instanceType.split(".");
  // A t3.2xlarge is as large as an m6i.2xlarge, but there is no size below large in class M.
  const families = standIns[family.replace(/^t/, "m").charAt(0)] ?? [];
  const least = /^(nano|micro|small|medium)$/.test(size) ? "large" : size;
  return families.map((other) => `${other}.${least}`).filter((type) => type !== instanceType);
}
