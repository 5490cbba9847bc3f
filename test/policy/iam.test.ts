import { expect, test } from "vitest";
import { exceptions } from "../../policy/exceptions";
import { boundRules } from "../../policy/rules/iam/bounds";
import { permissionRules } from "../../policy/rules/iam/permissions";
import { trustRules } from "../../policy/rules/iam/trust";
import { policiesIn } from "../../policy/statements";
import { synthesiseEnvironment } from "./environments";

const { synthesised } = synthesiseEnvironment("example", "10ken", "aws");

test("no rule about permissions has an exception", () => {
  const ids: readonly string[] = [...permissionRules, ...boundRules, ...trustRules].map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(["administration", "trust-conditions", "pass-role", "unbounded-changes"]),
  );
  expect(exceptions.filter(({ rule }) => ids.includes(rule))).toEqual([]);
});

test("the rules about permissions read every policy that is there", () => {
  const bearers = [
    ...["aws_iam_policy", "aws_iam_role", "aws_iam_role_policy"],
    ...["aws_kms_key", "aws_s3_bucket_policy", "aws_sns_topic_policy", "aws_efs_file_system_policy"],
    ...["aws_backup_vault_policy", "aws_cloudwatch_log_resource_policy"],
  ];
  const read = policiesIn(synthesised, "identity", "trust", "resource");
  expect(read.filter(({ statements = [] }) => statements.length === 0)).toEqual([]);
  const addresses = new Set(read.map(({ resource: { layer, address } }) => `${layer} ${address}`));
  for (const type of bearers) expect(synthesised.of(type).length, type).toBeGreaterThan(0);
  expect(
    synthesised.of(...bearers).filter(({ layer, address }) => !addresses.has(`${layer} ${address}`)),
  ).toEqual([]);
});

test("no other argument of any resource holds a policy", () => {
  const read = policiesIn(synthesised, "identity", "trust", "resource", "ceiling");
  const known = new Set(read.map(({ resource }) => resource));
  const holders = synthesised.resources.filter(({ given }) =>
    JSON.stringify(given).includes('\\"Statement\\"'),
  );
  expect(holders.filter((resource) => !known.has(resource)).map(({ address }) => address)).toEqual([]);
});
