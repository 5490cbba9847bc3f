import { actions, type LimitedActions } from "../../lib/layer/rights";
import { ownTags } from "../../lib/layer/tag-conditions";

const any = ["ec2:{region}:{account}:*"];

/**
 * Tags of what EC2 creates in the same request, and of what is the environment's already: who tags another instance as
 * the environment's could open sessions through it, and change it.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
 */
export const tagging: readonly LimitedActions[] = [
  { resources: any, actions: ["ec2:CreateTags"], condition: { Null: { "ec2:CreateAction": "false" } } },
  { resources: any, actions: actions("ec2", "CreateTags DeleteTags"), condition: ownTags },
];
