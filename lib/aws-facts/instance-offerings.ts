import { allPages, awsCall, sent } from "../layer/aws-call";
import { type Hindrance, type Preflight, preflight } from "../layer/preflight";

/** An instance type of a setting, and the zones in which its instances start. */
export interface WantedType {
  /** Path of the setting, e.g. `layers.vpc.bastion.instanceType`. */
  readonly setting: string;
  readonly instanceType: string;
  readonly zones: readonly string[];
}

/** Checks that EC2 offers the instance types: no region has all of them, and many a zone lacks some of its region. */
export function offeringsCheck(about: string, wanted: readonly WantedType[]): Preflight {
  const types = [...new Set(wanted.map(({ instanceType }) => instanceType))];
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
  return [
    {
      reason: `${setting} is "${instanceType}", which EC2 does not offer in ${lacking.join(", ")}`,
      cure: `Set ${setting} to a type that is offered there, or choose other zones in the environment file`,
    },
  ];
}
