import type { CloudObject } from "../../rehearsal/engine/cloud";

/** A tag that is asked for, with the values that it may have. */
export interface Mapping {
  readonly Key: string;
  readonly Values?: readonly string[];
}

interface Tagged {
  readonly ResourceARN: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** Types of which Terraform's state has no ARN, by the resource in it. */
const arns: Readonly<Record<string, string>> = { aws_nat_gateway: "natgateway" };

/** What the tagging API lists: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
export function taggedArns(objects: readonly CloudObject[], filters: readonly Mapping[]): readonly Tagged[] {
  return objects.flatMap((object) => {
    const tags = Object(object.attributes["tags_all"]) as Readonly<Record<string, string>>;
    const fits = filters.every(
      ({ Key, Values }) => tags[Key] !== undefined && (Values?.includes(tags[Key]) ?? true),
    );
    const arn = arnOf(object);
    if (!fits || arn === undefined) return [];
    return [{ ResourceARN: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }];
  });
}

function arnOf({ type, id, attributes }: CloudObject): string | undefined {
  const { arn } = attributes;
  if (typeof arn === "string") return arn;
  const resource = arns[type];
  return resource && `arn:aws:ec2:us-west-2:123456789012:${resource}/${id}`;
}
