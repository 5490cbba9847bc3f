import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import { addPrivateBucket, bucketArn } from "../../lib/constructs/private-bucket";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { observability, type Program, tracing } from "./contents";
import { type Access, addPolicy } from "./policies";
import { Settings } from "./settings";

/** The buckets in which the observability programs store logs, metrics and traces. */
export const objectStore = defineLayer({
  name: "object-store",
  summary: "S3 buckets for logs, metrics and traces, and policies to read and write them",
  settings: Settings,
  needs: { kms, audit },
  outputs: {
    bucketPrefix: text("Prefix of the bucket names, without the trailing dash"),
    bucketNames: byKey("Name of the bucket, by its name without the prefix"),
    policyArns: byKey("ARN of the IAM policy for a program's buckets, by program and access", [
      "loki-read",
      "loki-write",
      "mimir-read",
      "mimir-write",
    ]),
    tracingPolicyArns: byKey(
      "ARN of the IAM policies tempo-read and tempo-write; empty if tracing is disabled",
    ),
  },
  build(stack, { settings, from }) {
    const keyArn = from.kms.keyArns.at("data");
    const contents = settings.tracing ? { ...observability, ...tracing } : observability;
    // Not a default of the schema, because it depends on the environment.
    const prefix = settings.prefix ?? stack.environment.account;
    const nameOf = (bucket: string) => stack.named("s3Bucket", `${prefix}-${bucket}`);
    const addBucket = (bucket: string) =>
      addPrivateBucket(stack, bucket, {
        name: nameOf(bucket),
        keyArn,
        accessLogBucket: from.audit.accessLogBucketName,
        // No expiration: the programs apply their own retention.
        lifecycle: { noncurrentVersionDays: settings.noncurrentVersionDays, intelligentTiering: true },
      });
    const policyFor = (program: Program, access: Access) => {
      const used = Object.keys(contents).filter((bucket) => contents[bucket] === program);
      const bucketArns = used.map((bucket) => bucketArn(stack, nameOf(bucket)));
      return addPolicy(stack, `${program}-${access}`, { access, bucketArns, keyArn });
    };
    return {
      bucketPrefix: `${stack.environment.name}-${prefix}`,
      bucketNames: Object.fromEntries(Object.keys(contents).map((bucket) => [bucket, addBucket(bucket)])),
      policyArns: {
        "loki-read": policyFor("loki", "read"),
        "loki-write": policyFor("loki", "write"),
        "mimir-read": policyFor("mimir", "read"),
        "mimir-write": policyFor("mimir", "write"),
      },
      tracingPolicyArns: settings.tracing
        ? { "tempo-read": policyFor("tempo", "read"), "tempo-write": policyFor("tempo", "write") }
        : {},
    };
  },
});
