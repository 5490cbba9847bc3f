import type { Attributes, Behaviour, Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { endpointDomain } from "./arn";
import { nameFrom, put, type Behaviours } from "./naming";
import { validateJson } from "./policy-json";

/** S3: buckets and the settings that are resources of their own. */
export const s3: Behaviours = {
  aws_s3_bucket: {
    id: nameFrom("bucket"),
    check: (_planned, { id }) =>
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(id)
        ? undefined
        : `InvalidBucketName: The specified bucket is not valid: ${id}`,
    computed: bucketValues,
    remove: emptyOrRefuse,
  },
  aws_s3_object: {
    ...put,
    id: ({ bucket, key }) => `${textOf(bucket) ?? ""}/${textOf(key) ?? ""}`,
    check: missingBucket,
    computed: ({ bucket, key }, { hash, partition }) => ({
      arn: `arn:${partition}:s3:::${textOf(bucket) ?? ""}/${textOf(key) ?? ""}`,
      etag: hash("etag", 32),
      content_type: "application/octet-stream",
      storage_class: "STANDARD",
      server_side_encryption: "AES256",
    }),
  },
  aws_s3_bucket_policy: settingOfBucket({ validate: validateJson("policy") }),
  aws_s3_bucket_versioning: settingOfBucket(),
  aws_s3_bucket_server_side_encryption_configuration: settingOfBucket(),
  aws_s3_bucket_public_access_block: settingOfBucket(),
  aws_s3_bucket_ownership_controls: settingOfBucket(),
  aws_s3_bucket_lifecycle_configuration: settingOfBucket({
    computed: () => ({ transition_default_minimum_object_size: "all_storage_classes_128K" }),
  }),
  aws_s3_bucket_logging: settingOfBucket(),
  aws_s3_bucket_notification: settingOfBucket(),
  aws_s3_bucket_cors_configuration: settingOfBucket(),
  aws_s3_bucket_object_lock_configuration: settingOfBucket(),
  aws_s3_bucket_acl: settingOfBucket(),
};

function settingOfBucket(more: Behaviour = {}): Behaviour {
  return { ...put, ...more, id: ({ bucket }) => textOf(bucket) ?? "", check: missingBucket };
}

function missingBucket({ bucket }: Attributes, { cloud }: Context): string | undefined {
  const name = textOf(bucket) ?? "";
  return cloud.get("aws_s3_bucket", name)
    ? undefined
    : `NoSuchBucket: The specified bucket does not exist: ${name}`;
}

function bucketValues(_planned: Attributes, context: Context): Attributes {
  const { id, region, partition } = context;
  const domain = endpointDomain(context);
  return {
    arn: `arn:${partition}:s3:::${id}`,
    bucket: id,
    bucket_domain_name: `${id}.s3.${domain}`,
    bucket_regional_domain_name: `${id}.s3.${region}.${domain}`,
    region,
    hosted_zone_id: "Z3AQBSTGFYJSTF",
    request_payer: "BucketOwner",
    object_lock_enabled: false,
  };
}

/** States and lock files live in simulated buckets: losing them takes the same word as in AWS. */
function emptyOrRefuse({ force_destroy }: Attributes, { cloud, id }: Context): string | undefined {
  const keys = cloud.keysIn(id);
  if (keys.length > 0 && force_destroy !== true) {
    return `BucketNotEmpty: The bucket you tried to delete is not empty (${keys.slice(0, 3).join(", ")})`;
  }
  cloud.empty(id);
  return undefined;
}
