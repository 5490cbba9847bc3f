import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { policyDocument, serviceTrust } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/** Inputs of the trail's log group. */
export interface TrailLog {
  readonly keyArn: string;
  readonly retentionDays: number;
}

/** Adds the log group for recorded API calls, and the role that CloudTrail uses to write to it. */
export function addTrailLog(stack: LayerStack, given: TrailLog) {
  const logGroup = new CloudwatchLogGroup(stack, "trail-log", {
    name: stack.named("logGroup", "trail"),
    kmsKeyId: given.keyArn,
    retentionInDays: given.retentionDays,
  });
  const role = new IamRole(stack, "trail-log-role", {
    name: stack.named("iamRole", "trail-log"),
    description: "CloudTrail writes recorded API calls to their log group",
    // Without conditions: CloudTrail sends no source keys to this role.
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
    assumeRolePolicy: serviceTrust("cloudtrail", stack.environment),
  });
  const permission = new IamRolePolicy(stack, "trail-log-delivery", {
    name: "deliver-to-log-group",
    role: role.name,
    policy: policyDocument([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroup.arn}:log-stream:${stack.environment.account}_CloudTrail_*`,
      },
    ]),
  });
  return { logGroup, role, permission };
}
