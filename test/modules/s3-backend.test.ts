import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { synthesise } from "../../main";
import { layers } from "../../modules";
import { s3Backend } from "../../modules/s3-backend/layer";
import { loadConfig, synthesisedText, type SynthesisOptions, synthLayer } from "../synth";
import { toy } from "../toy-layer";
import { readPolicy } from "./policies";

const synth = (options: SynthesisOptions = {}) => synthLayer(s3Backend, options);
const example = synth();

test("encrypts state with its own key, under the alias that every backend uses", () => {
  const [rule] = example.resource("aws_s3_bucket_server_side_encryption_configuration", "state-encryption")[
    "rule"
  ] as unknown[];
  expect(rule).toEqual({
    apply_server_side_encryption_by_default: {
      sse_algorithm: "aws:kms",
      kms_master_key_id: "${aws_kms_key.state-key.arn}",
    },
    bucket_key_enabled: true,
  });
  expect(example.resource("aws_kms_alias", "state-alias")["name"]).toBe("alias/example-state");
  expect(example.json.terraform?.["backend"]).toMatchObject({
    s3: { kms_key_id: expect.stringMatching(/:alias\/example-state$/) },
  });
});

test("uses the key from the environment file instead of creating one", () => {
  const kmsKeyArn = "arn:aws:kms:us-west-2:111122223333:key/1234abcd";
  const given = synth({ edit: (raw) => (raw.state.kmsKeyArn = kmsKeyArn) });
  expect(JSON.stringify(given.all("aws_s3_bucket_server_side_encryption_configuration"))).toContain(
    kmsKeyArn,
  );
  expect(given.all("aws_kms_key")).toEqual({});
});

test("allows the state key to be used through S3 by this account only", () => {
  const use = readPolicy(example.resource("aws_kms_key", "state-key")).find(
    ({ Sid }) => Sid === "UseThroughServices",
  );
  expect(use?.Condition).toEqual({
    StringEquals: {
      "kms:CallerAccount": "111122223333",
      "kms:ViaService": ["s3.us-west-2.amazonaws.com"],
    },
  });
});

test("enables versioning and blocks public access", () => {
  expect(example.resource("aws_s3_bucket_versioning", "state-versioning")).toMatchObject({
    versioning_configuration: { status: "Enabled" },
  });
  expect(example.resource("aws_s3_bucket_public_access_block", "state-public-access")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(example.resource("aws_s3_bucket_ownership_controls", "state-ownership")).toMatchObject({
    rule: { object_ownership: "BucketOwnerEnforced" },
  });
});

test("denies requests without TLS 1.2", () => {
  const statements = readPolicy(example.resource("aws_s3_bucket_policy", "state-policy"));
  expect(statements.map(({ Effect, Condition }) => [Effect, Condition])).toEqual([
    ["Deny", { Bool: { "aws:SecureTransport": "false" } }],
    ["Deny", { NumericLessThan: { "s3:TlsVersion": "1.2" } }],
  ]);
});

test("has no bucket policy when denyInsecureTransport is false", () => {
  const emulated = synth({ edit: (raw) => (raw.layers["s3-backend"].denyInsecureTransport = false) });
  expect(emulated.all("aws_s3_bucket_policy")).toEqual({});
});

test("expires journals after 400 days, noncurrent lock versions after a day, and those of states after noncurrentVersionDays", () => {
  const rules = (options?: SynthesisOptions) =>
    synth(options).resource("aws_s3_bucket_lifecycle_configuration", "state-lifecycle")["rule"];
  expect(rules()).toEqual([
    {
      id: "lock-versions-of-s3-backend",
      status: "Enabled",
      filter: [{ prefix: "us-west-2/s3-backend/example.tflock" }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
    },
    {
      id: "lock-versions-of-environment.lock",
      status: "Enabled",
      filter: [{ prefix: "us-west-2/environment.lock/example.tflock" }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
    },
    {
      id: "journals",
      status: "Enabled",
      filter: [{ prefix: "us-west-2/journal/" }],
      expiration: [{ days: 400 }],
    },
    {
      id: "state-versions",
      status: "Enabled",
      filter: [{ prefix: "" }],
      noncurrent_version_expiration: [{ noncurrent_days: 90 }],
      expiration: [{ expired_object_delete_marker: true }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    },
  ]);
  const longer = rules({ edit: (raw) => (raw.layers["s3-backend"].noncurrentVersionDays = 400) });
  expect(longer).toMatchObject([{}, {}, {}, { noncurrent_version_expiration: [{ noncurrent_days: 400 }] }]);
});

test("has a rule for the lock of every layer that is synthesised with it", () => {
  const outdir = mkdtempSync(join(tmpdir(), "s3-backend-"));
  synthesise([s3Backend, toy], loadConfig({}, [...layers, toy]), { outdir, deletionProtection: true });
  const text = synthesisedText(outdir, "s3-backend");
  rmSync(outdir, { recursive: true });
  expect(text).toContain('"us-west-2/s3-backend/example.tflock"');
  expect(text).toContain('"us-west-2/toy-cache/example.tflock"');
});

test("sets force_destroy only while the environment is being destroyed", () => {
  expect(example.resource("aws_s3_bucket", "state-bucket")["force_destroy"]).toBe(false);
  const lifted = synth({ deletionProtection: false });
  expect(lifted.resource("aws_s3_bucket", "state-bucket")["force_destroy"]).toBe(true);
});

test("creates every resource in the region of the bucket when it is another region", () => {
  const far = synth({ edit: (raw) => (raw.state.region = "us-east-2") });
  const resources = Object.values(far.json.resource ?? {}).flatMap((byId) => Object.values(byId));
  expect(new Set(resources.map((resource) => resource["provider"]))).toEqual(new Set(["aws.us-east-2"]));
});

test("creates no resource for an existing bucket, but still publishes its name and ARN", () => {
  const shared = synth({ edit: (raw) => (raw.state.existing = true) });
  expect(shared.json.resource).toBeUndefined();
  expect(shared.json.output).toMatchObject({
    bucketName: { value: "111122223333-example-state" },
    bucketArn: { value: "arn:aws:s3:::111122223333-example-state" },
  });
});
