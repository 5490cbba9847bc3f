import type { Cases } from "../case";

export const secretsCases = {
  "secret-encrypted": {
    passing: { aws_secretsmanager_secret: { database: { kms_key_id: "key" } } },
    violating: [
      { aws_secretsmanager_secret: { database: {} } },
      { aws_secretsmanager_secret: { database: { kms_key_id: "alias/aws/secretsmanager" } } },
      {
        aws_secretsmanager_secret: {
          database: { kms_key_id: "arn:aws:kms:us-west-2:111122223333:alias/aws/secretsmanager" },
        },
      },
    ],
  },
  "secret-rotation": {
    passing: {
      aws_secretsmanager_secret: { database: {} },
      aws_secretsmanager_secret_rotation: {
        database: {
          secret_id: "${aws_secretsmanager_secret.database.id}",
          rotation_rules: { automatically_after_days: 30 },
        },
      },
    },
    violating: { aws_secretsmanager_secret: { database: {} } },
  },
  "secret-value": {
    passing: {
      aws_secretsmanager_secret_version: {
        database: { secret_string_wo: "${ephemeral.random_password.database.result}" },
      },
    },
    violating: {
      aws_secretsmanager_secret_version: {
        database: { secret_string: "${random_password.database.result}" },
      },
    },
  },
  "cluster-secret-value": {
    passing: {
      kubernetes_secret_v1: { login: { data_wo: { password: "${ephemeral.a.b.c}" }, data_wo_revision: 1 } },
    },
    violating: { kubernetes_secret_v1: { login: { data: { password: "${random_password.login.result}" } } } },
  },
  "write-only-revision": {
    passing: {
      kubernetes_secret_v1: {
        login: { data_wo: { password: "${ephemeral.a.b.c}" }, data_wo_revision: "${var.revision}" },
        empty: {},
      },
    },
    violating: {
      kubernetes_secret_v1: { login: { data_wo: { password: "${ephemeral.a.b.c}" } } },
      kubernetes_secret: { binary: { binary_data_wo: { key: "${ephemeral.a.b.c}" }, data_wo_revision: 1 } },
    },
  },
  "parameter-encrypted": {
    passing: {
      aws_ssm_parameter: { token: { type: "SecureString", key_id: "key" }, version: { type: "String" } },
    },
    violating: { aws_ssm_parameter: { token: { type: "SecureString" } } },
  },
} satisfies Cases;
