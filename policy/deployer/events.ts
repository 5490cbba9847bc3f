import { actions, type RightsByType } from "../../lib/layer/rights";

const rules = ["events:{region}:{account}:rule/{env}-*"];
const functions = ["lambda:{region}:{account}:function:{function_name}"];

/** Rights for what reacts to events: rules, functions, lifecycle hooks of instances. */
export const eventRights: RightsByType = {
  aws_autoscaling_lifecycle_hook: {
    on: ["autoscaling:{region}:{account}:autoScalingGroup:*:autoScalingGroupName/eks-*"],
    actions: actions("autoscaling", "DeleteLifecycleHook PutLifecycleHook"),
    anywhere: actions("autoscaling", "DescribeLifecycleHooks"),
  },
  aws_cloudwatch_event_rule: {
    on: rules,
    actions: actions(
      "events",
      "DeleteRule DescribeRule DisableRule EnableRule ListTagsForResource PutRule TagResource UntagResource",
    ),
  },
  aws_cloudwatch_event_target: {
    on: rules,
    actions: actions("events", "ListTargetsByRule PutTargets RemoveTargets"),
    passes: { to: "events", roles: ["role_arn"] },
  },
  aws_lambda_function: {
    on: functions,
    actions: actions(
      "lambda",
      `CreateFunction DeleteFunction GetFunction GetFunctionCodeSigningConfig GetFunctionConfiguration ListTags
      ListVersionsByFunction PutFunctionConcurrency DeleteFunctionConcurrency TagResource UntagResource
      UpdateFunctionCode UpdateFunctionConfiguration`,
    ),
    anywhere: actions("ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs"),
    passes: { to: "lambda", roles: ["role"] },
  },
  aws_lambda_permission: {
    on: functions,
    actions: actions("lambda", "AddPermission GetPolicy RemovePermission"),
  },
};
