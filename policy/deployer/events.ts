import { actions, type RightsByType } from "../../lib/layer/rights";

const rules = ["events:{region}:{account}:rule/{env}-*"];
const functions = ["lambda:{region}:{account}:function:{function_name}"];

/** Rights for what reacts to events: rules, functions, lifecycle hooks of instances. */
export const eventRights: RightsByType = {
  aws_autoscaling_lifecycle_hook: {
    resources: ["autoscaling:{region}:{account}:autoScalingGroup:*:autoScalingGroupName/eks-*"],
    actions: actions("autoscaling", "DeleteLifecycleHook PutLifecycleHook"),
    actionsOnAnyResource: actions("autoscaling", "DescribeLifecycleHooks"),
  },
  aws_cloudwatch_event_rule: {
    resources: rules,
    actions: actions(
      "events",
      "DeleteRule DescribeRule DisableRule EnableRule ListTagsForResource PutRule TagResource UntagResource",
    ),
  },
  aws_cloudwatch_event_target: {
    resources: rules,
    actions: actions("events", "ListTargetsByRule PutTargets RemoveTargets"),
    passRole: { service: "events", roles: ["role_arn"] },
  },
  aws_lambda_function: {
    resources: functions,
    actions: actions(
      "lambda",
      `CreateFunction DeleteFunction GetFunction GetFunctionCodeSigningConfig GetFunctionConfiguration ListTags
      ListVersionsByFunction PutFunctionConcurrency DeleteFunctionConcurrency TagResource UntagResource
      UpdateFunctionCode UpdateFunctionConfiguration`,
    ),
    actionsOnAnyResource: actions("ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs"),
    passRole: { service: "lambda", roles: ["role"] },
  },
  aws_lambda_permission: {
    resources: functions,
    actions: actions("lambda", "AddPermission GetPolicy RemovePermission"),
  },
};
