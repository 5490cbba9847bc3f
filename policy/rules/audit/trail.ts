import { each, mustBe } from "../../checks";
import { rules } from "../../rule";
import { textsAt } from "../../../synthesis/resource";

/** Rules about trails. */
export const trailRules = rules({
  "trail-regions": {
    title: "Trails record calls in every region",
    publicIds: ["CKV_AWS_67", "AWS-0014", "CloudTrail.1"],
    reason: "Intruders work where nobody looks",
    fix: "Set is_multi_region_trail to true",
    check: mustBe("aws_cloudtrail", "is_multi_region_trail", true),
  },
  "trail-validation": {
    title: "Trails sign their files",
    publicIds: ["CKV_AWS_36", "AWS-0016", "CloudTrail.4"],
    reason: "Otherwise nobody can tell whether a record was changed",
    fix: "Set enable_log_file_validation to true",
    check: mustBe("aws_cloudtrail", "enable_log_file_validation", true),
  },
  "trail-encrypted": {
    title: "Trails are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_35", "AWS-0015", "CloudTrail.2"],
    reason: "Reading them then needs the key too",
    fix: "Set kms_key_id",
    check: each(["aws_cloudtrail"], (trail) =>
      trail.has("kms_key_id") ? undefined : "it is not encrypted with a key of ours",
    ),
  },
  "trail-log-group": {
    title: "Trails can be searched in CloudWatch",
    publicIds: ["CKV2_AWS_10", "AWS-0162", "CloudTrail.5"],
    reason: "Alarms on calls need it, and so does whoever looks for one call among millions",
    fix: "Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn",
    check: each(["aws_cloudtrail"], (trail) =>
      trail.has("cloud_watch_logs_group_arn") && trail.has("cloud_watch_logs_role_arn")
        ? undefined
        : "it cannot be searched",
    ),
  },
  "trail-topic": {
    title: "Trails tell a topic of each file",
    publicIds: ["CKV_AWS_252"],
    reason: "A tool that watches calls need not poll",
    fix: "Set sns_topic_name",
    check: each(["aws_cloudtrail"], (trail) =>
      trail.has("sns_topic_name") ? undefined : "nobody hears of its files",
    ),
  },
  "trail-enabled": {
    title: "Trails are switched on",
    publicIds: ["CKV_AWS_251"],
    reason: "A trail that is switched off looks like one that records",
    fix: "Remove enable_logging",
    check: each(["aws_cloudtrail"], (trail) =>
      trail.is("enable_logging", false) ? "it is switched off" : undefined,
    ),
  },
  "trail-bucket": {
    title: "The bucket of a trail is closed, and its use is recorded",
    publicIds: ["AWS-0161", "AWS-0163"],
    reason: "Whoever can read or change records covers tracks",
    fix: "Add an aws_s3_bucket_public_access_block and an aws_s3_bucket_logging of the trail's bucket",
    check: each(["aws_cloudtrail"], (trail, synthesised) => {
      const buckets = synthesised.targets(trail, "s3_bucket_name");
      const fences = ["aws_s3_bucket_public_access_block", "aws_s3_bucket_logging"];
      return buckets.every((bucket) =>
        fences.every((fence) => synthesised.referring(bucket, fence, "bucket").length > 0),
      )
        ? undefined
        : "its bucket is not closed, or nobody records who uses it";
    }),
  },
  "trail-objects": {
    title: "Trails record reads and writes of Terraform's state",
    publicIds: ["AWS-0171", "AWS-0172"],
    reason: "State shows, and decides, everything",
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
        : "it does not record use of objects";
    }),
  },
});
