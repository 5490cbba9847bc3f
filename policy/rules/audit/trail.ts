import { each, mustBe } from "../../checks";
import { hasCustomerKey } from "../../customer-key";
import { granted } from "../../permissions";
import { rules } from "../../rule";
import { policiesIn, type Statement } from "../../statements";
import { textsAt } from "../../../synthesis/resource";

/** Rules about trails. */
export const trailRules = rules({
  "trail-regions": {
    title: "Trails record API calls in every region",
    publicIds: ["CKV_AWS_67", "AWS-0014", "CloudTrail.1"],
    reason: "Attackers use regions that are not monitored",
    fix: "Set is_multi_region_trail to true",
    check: mustBe("aws_cloudtrail", "is_multi_region_trail", true),
  },
  "trail-validation": {
    title: "Trails sign their log files",
    publicIds: ["CKV_AWS_36", "AWS-0016", "CloudTrail.4"],
    reason: "Without signatures, a changed log file cannot be detected",
    fix: "Set enable_log_file_validation to true",
    check: mustBe("aws_cloudtrail", "enable_log_file_validation", true),
  },
  "trail-encrypted": {
    title: "Trails are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_35", "AWS-0015", "CloudTrail.2"],
    reason: "Reading them then also requires access to the key",
    fix: "Set kms_key_id",
    check: each(["aws_cloudtrail"], (trail) =>
      hasCustomerKey(trail.given, "kms_key_id")
        ? undefined
        : "it is not encrypted with a customer-managed key",
    ),
  },
  "trail-log-group": {
    title: "Trails are delivered to CloudWatch Logs",
    publicIds: ["CKV2_AWS_10", "AWS-0162", "CloudTrail.5"],
    reason: "Alarms on API calls and searches for single calls require it",
    fix: "Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn",
    check: each(["aws_cloudtrail"], (trail) =>
      trail.has("cloud_watch_logs_group_arn") && trail.has("cloud_watch_logs_role_arn")
        ? undefined
        : "it is not delivered to CloudWatch Logs",
    ),
  },
  "trail-topic": {
    title: "Trails publish each log file to an SNS topic",
    publicIds: ["CKV_AWS_252"],
    reason: "Monitoring tools then do not have to poll",
    fix: "Set sns_topic_name",
    check: each(["aws_cloudtrail"], (trail) =>
      trail.has("sns_topic_name") ? undefined : "it publishes to no topic",
    ),
  },
  "trail-enabled": {
    title: "Trails are enabled",
    publicIds: ["CKV_AWS_251"],
    reason: "A disabled trail looks like one that records",
    fix: "Remove enable_logging",
    check: each(["aws_cloudtrail"], (trail) =>
      trail.is("enable_logging", false) ? "it is disabled" : undefined,
    ),
  },
  "trail-bucket": {
    title: "The bucket of a trail blocks public access and has access logging",
    publicIds: ["AWS-0161", "AWS-0163"],
    reason: "A principal that can change log files can hide its actions",
    fix: "Add an aws_s3_bucket_public_access_block and an aws_s3_bucket_logging of the trail's bucket",
    check: each(["aws_cloudtrail"], (trail, synthesised) => {
      const buckets = synthesised.targets(trail, "s3_bucket_name");
      const companions = ["aws_s3_bucket_public_access_block", "aws_s3_bucket_logging"];
      return buckets.every((bucket) =>
        companions.every((companion) => synthesised.referring(bucket, companion, "bucket").length > 0),
      )
        ? undefined
        : "its bucket does not block public access, or has no access logging";
    }),
  },
  "trail-decryption": {
    title: "The key of a trail allows decryption by CloudTrail",
    publicIds: [],
    reason: "With a bucket that has an S3 Bucket Key, CloudTrail otherwise refuses to create the trail",
    fix: "Allow kms:Decrypt to cloudtrail.amazonaws.com in the key's policy, without an encryption context",
    check: each(["aws_cloudtrail"], (trail, synthesised) => {
      const keys = synthesised.targets(trail, "kms_key_id");
      const policies = policiesIn(synthesised, "resource").filter(({ resource }) => keys.includes(resource));
      return policies.every(({ statements = [] }) => statements.some(decryptsForTrails))
        ? undefined
        : "its key does not allow decryption by CloudTrail";
    }),
  },
  "trail-objects": {
    title: "Trails record reads and writes of Terraform's state",
    publicIds: ["AWS-0171", "AWS-0172"],
    reason: "State contains every value that Terraform knows, and decides what it changes",
    fix: "Select data events of AWS::S3::Object in the trail",
    check: each(["aws_cloudtrail"], (trail) => {
      const selectors = trail.values("advanced_event_selector");
      const recorded = selectors.some((selector) => {
        const fields = textsAt(selector, "field_selector.field");
        const wanted = textsAt(selector, "field_selector.equals").concat(
          textsAt(selector, "field_selector.equal_to"),
        );
        return wanted.includes("AWS::S3::Object") && !fields.includes("readOnly");
      });
      return recorded || trail.is("event_selector.data_resource.type", "AWS::S3::Object")
        ? undefined
        : "it does not record data events of S3 objects";
    }),
  },
});

function decryptsForTrails(statement: Statement): boolean {
  return (
    statement.allows &&
    statement.principals.includes("Service cloudtrail.amazonaws.com") &&
    granted(statement, ["kms:Decrypt"]).length > 0 &&
    !statement.conditionKeys.some((key) => key.startsWith("kms:encryptioncontext:"))
  );
}
