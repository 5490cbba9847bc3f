import { expect, test } from "vitest";
import { synthesiseEnvironment } from "../environments";

/** Types whose services use the key as the caller, when the resource is created. */
const using = [
  ...[
    "aws_backup_vault",
    "aws_ecr_repository",
    "aws_efs_file_system",
    "aws_eks_cluster",
    "aws_lambda_function",
  ],
  ...["aws_rds_cluster", "aws_rds_cluster_instance", "aws_secretsmanager_secret", "aws_ssm_parameter"],
];

test("the deployer may use a key by its aliases: no resource uses a key of its layer before it has one", () => {
  const { synthesised } = synthesiseEnvironment("example", "1ken", "aws");
  const users = synthesised.of(...using);
  expect(
    users.filter(({ given }) => JSON.stringify(given).includes("aws_kms_alias.")).length,
  ).toBeGreaterThan(3);
  const early = users.filter(({ given }) => JSON.stringify(given).includes("aws_kms_key."));
  expect(early.map(({ layer, address }) => `${layer} ${address}`)).toEqual([]);
});
