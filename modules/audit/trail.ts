import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { bucketArn } from "../../lib/constructs/private-bucket";
import type { LayerStack } from "../../lib/layer/stack";
import { addCisAlarms } from "./cis-alarms";
import { addTrailTopic } from "./topics";
import { addTrailBucket } from "./trail-bucket";
import { addTrailLog } from "./trail-log";

/** Inputs of the trail. */
export interface Trail {
  readonly keyArn: string;
  readonly accessLogBucket: string;
  readonly alarmTopicArn: string;
  readonly bucketRetentionDays: number;
  readonly logRetentionDays: number;
  readonly cisAlarms: boolean;
}

/** Adds a trail of all API calls in all regions, and of all access to Terraform state. */
export function addTrail(stack: LayerStack, given: Trail): void {
  const { keyArn } = given;
  const name = stack.named("trail", "audit");
  // Built from its name, because the bucket and topic that trust the trail are created before it.
  const trailArn = stack.arn("cloudtrail", `trail/${name}`);
  const log = addTrailLog(stack, { keyArn, retentionDays: given.logRetentionDays });
  const topic = addTrailTopic(stack, keyArn, trailArn);
  new Cloudtrail(stack, "trail", {
    name,
    s3BucketName: addTrailBucket(stack, { ...given, trailArn, retentionDays: given.bucketRetentionDays }),
    // The name: of a topic in the same region, CloudTrail returns the name, also if it was given the ARN.
    // https://github.com/hashicorp/terraform-provider-aws/pull/41279
    snsTopicName: topic.name,
    cloudWatchLogsGroupArn: `${log.logGroup.arn}:*`,
    cloudWatchLogsRoleArn: log.role.arn,
    kmsKeyId: keyArn,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    advancedEventSelector: [managementEvents, stateAccess(bucketArn(stack, stack.environment.state.bucket))],
    dependsOn: [log.permission, topic.policy],
  });
  if (given.cisAlarms) addCisAlarms(stack, log.logGroup.name, given.alarmTopicArn);
}

const managementEvents = {
  name: "API calls that change or read resources",
  fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }],
};

function stateAccess(stateBucketArn: string) {
  return {
    name: "Reads and writes of Terraform state",
    fieldSelector: [
      { field: "eventCategory", equalTo: ["Data"] },
      { field: "resources.type", equalTo: ["AWS::S3::Object"] },
      { field: "resources.ARN", startsWith: [`${stateBucketArn}/`] },
    ],
  };
}
