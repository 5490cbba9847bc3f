import { describe, expect, test } from "vitest";
import { objectStore } from "../../modules/object-store/layer";
import { synthLayer } from "../synth";
import { readPolicy } from "./policies";

interface Raw {
  layers: Record<string, unknown>;
}

const withSettings = (settings: object) =>
  synthLayer(objectStore, {
    edit: (raw: Raw) => {
      raw.layers["object-store"] = settings;
    },
  });
const layer = synthLayer(objectStore);
const names = (synthesised: typeof layer) =>
  Object.values(synthesised.all("aws_s3_bucket")).map(({ bucket }) => bucket);

test("creates the ten buckets that the charts expect", () => {
  expect(new Set(names(layer))).toEqual(
    new Set(
      [
        "orch-loki-admin",
        "orch-loki-chunks",
        "orch-loki-ruler",
        "orch-mimir-ruler",
        "orch-mimir-tsdb",
        "fm-loki-admin",
        "fm-loki-chunks",
        "fm-loki-ruler",
        "fm-mimir-ruler",
        "fm-mimir-tsdb",
      ].map((name) => `example-111122223333-${name}`),
    ),
  );
  expect(layer.json.output?.["bucketPrefix"]?.value).toBe("example-111122223333");
});

test("uses the configured prefix in every name", () => {
  const given = withSettings({ prefix: "478123" });
  expect(names(given)).toContain("example-478123-fm-mimir-tsdb");
  expect(readPolicy(given.resource("aws_iam_policy", "mimir-read"))[0]?.Resource).toContain(
    "arn:aws:s3:::example-478123-fm-mimir-tsdb",
  );
});

test("keeps names within S3's limit with the longest prefix and environment name", () => {
  const longest = synthLayer(objectStore, {
    edit: (raw: Raw & { name: string }) => {
      raw.name = "a".repeat(20);
      raw.layers["object-store"] = { prefix: "b".repeat(20) };
    },
  });
  expect(Math.max(...names(longest).map((name) => String(name).length))).toBeLessThanOrEqual(63);
});

test("creates the bucket for traces and its policies only if tracing is enabled", () => {
  expect(names(layer).join()).not.toContain("tempo");
  expect(layer.json.output?.["tracingPolicyArns"]?.value).toEqual({});
  const traced = withSettings({ tracing: true });
  expect(names(traced)).toHaveLength(11);
  expect(readPolicy(traced.resource("aws_iam_policy", "tempo-write"))[0]?.Resource).toEqual([
    "arn:aws:s3:::example-111122223333-tempo-traces",
  ]);
});

describe.each(Object.keys(layer.all("aws_s3_bucket")))("bucket %s", (id) => {
  const part = (type: string, suffix: string) => layer.resource(`aws_s3_bucket_${type}`, `${id}-${suffix}`);

  test("is encrypted with the data key and a bucket key", () => {
    expect(part("server_side_encryption_configuration", "encryption")["rule"]).toEqual([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: "${data.terraform_remote_state.kms.outputs.keyArns.data}",
        },
        bucket_key_enabled: true,
      },
    ]);
  });

  test("blocks public access, and denies requests without TLS", () => {
    expect(part("public_access_block", "public-access")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(readPolicy(part("policy", "policy")).map(({ Effect, Sid }) => [Effect, Sid])).toEqual([
      ["Deny", "DenyInsecureTransport"],
      ["Deny", "DenyOldTls"],
    ]);
  });

  test("writes access logs to the audit layer's bucket, below its own name", () => {
    expect(part("logging", "access-log")).toMatchObject({
      target_bucket: "${data.terraform_remote_state.audit.outputs.accessLogBucketName}",
      target_prefix: `s3/example-111122223333-${id}/`,
    });
  });

  test("uses Intelligent-Tiering, and expires noncurrent versions and incomplete uploads", () => {
    expect(part("lifecycle_configuration", "lifecycle")["rule"]).toMatchObject([
      {
        status: "Enabled",
        transition: [{ days: 0, storage_class: "INTELLIGENT_TIERING" }],
        noncurrent_version_expiration: [{ noncurrent_days: 7 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });
});

test("sets force_destroy only while the environment is destroyed", () => {
  const flags = (synthesised: typeof layer) =>
    new Set(Object.values(synthesised.all("aws_s3_bucket")).map((bucket) => bucket["force_destroy"]));
  expect(flags(layer)).toEqual(new Set([false]));
  expect(flags(synthLayer(objectStore, { deletionProtection: false }))).toEqual(new Set([true]));
});

describe("policies", () => {
  const of = (id: string) => readPolicy(layer.resource("aws_iam_policy", id));
  const actions = (id: string) => of(id).flatMap(({ Action }) => Action);

  test("for reading do not allow writing or deleting", () => {
    for (const id of ["loki-read", "mimir-read"]) {
      expect(actions(id).filter((action) => /Put|Delete|Abort|GenerateDataKey/.test(action))).toEqual([]);
    }
  });

  test("for writing allow writing, deleting and encrypting", () => {
    expect(actions("loki-write")).toEqual(
      expect.arrayContaining(["s3:PutObject", "s3:DeleteObject", "kms:GenerateDataKey"]),
    );
  });

  test("allow the program's own buckets in this account only, and the key through S3 only", () => {
    for (const [id, other] of [
      ["loki-write", "mimir"],
      ["mimir-write", "loki"],
    ] as const) {
      expect(JSON.stringify(of(id).map(({ Resource }) => Resource))).not.toContain(other);
      expect(of(id).map(({ Condition }) => Condition)).toEqual([
        { StringEquals: { "aws:ResourceAccount": "111122223333" } },
        { StringEquals: { "aws:ResourceAccount": "111122223333" } },
        { StringEquals: { "kms:ViaService": "s3.us-west-2.amazonaws.com" } },
      ]);
    }
  });
});
