import type { AbandonedObject } from "../../../lib/layer/abandoned";
import type { TagList } from "./tags";

/** CloudFormation writes it: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
const stackTag = "aws:cloudformation:stack-name";

/** The ID of an object with the tags of the cluster, unless a stack has created it: then also that it is somebody else's. */
export function object(id: string, tags: TagList): AbandonedObject {
  const stack = tags?.find(({ Key }) => Key === stackTag)?.Value;
  if (stack === undefined) return { id };
  return { id, foreign: `the CloudFormation stack "${stack}" manages it` };
}

/**
 * The same of what is in a VPC: that of another one was left by an earlier cluster of this name, or is in the subnets of another
 * environment, which says the same of this one.
 */
export function objectIn(
  own: string | undefined,
  { id, tags, vpcId }: { readonly id: string; readonly tags: TagList; readonly vpcId: string | undefined },
): AbandonedObject {
  const known = object(id, tags);
  if (known.foreign !== undefined || (vpcId !== undefined && vpcId === own)) return known;
  const place = `it is in ${vpcId ?? "no VPC"}`;
  const expected = own === undefined ? "which VPC is that of the environment is not known" : `not in ${own}`;
  return { id, foreign: `${place}, ${own === undefined ? "and " : ""}${expected}` };
}
