import type { Cases } from "../case";
import { policyOf } from "../resources";

const anyone = { Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt" };

export const kmsCases = {
  "key-rotation": {
    passing: {
      aws_kms_key: {
        data: { enable_key_rotation: true },
        dnssec: { customer_master_key_spec: "ECC_NIST_P256" },
      },
    },
    violating: { aws_kms_key: { data: {} } },
  },
  "key-deletion": {
    passing: { aws_kms_key: { data: { deletion_window_in_days: 30 } } },
    violating: { aws_kms_key: { data: { deletion_window_in_days: 7 } } },
  },
  "key-enabled": {
    passing: { aws_kms_key: { data: {} } },
    violating: { aws_kms_key: { data: { is_enabled: false } } },
  },
  "key-policy": {
    passing: {
      aws_kms_key: { data: { policy: policyOf() }, apart: {} },
      aws_kms_key_policy: { apart: { key_id: "${aws_kms_key.apart.id}", policy: policyOf() } },
    },
    violating: { aws_kms_key: { data: {} } },
  },
  "key-private": {
    passing: {
      aws_kms_key: {
        data: {
          policy: policyOf({
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::111122223333:root" },
            Action: "kms:*",
          }),
        },
      },
    },
    violating: [
      ...["aws_kms_key", "aws_kms_key_policy", "aws_kms_replica_key"].map((type) => ({
        [type]: { data: { policy: policyOf(anyone) } },
      })),
      ...[
        { StringEquals: { "kms:ViaService": "s3.us-west-2.amazonaws.com" } },
        { StringLike: { "kms:CallerAccount": "*1*" } },
      ].map((Condition) => ({ aws_kms_key: { data: { policy: policyOf({ ...anyone, Condition }) } } })),
    ],
  },
} satisfies Cases;
