import { describe, expect, test } from "vitest";
import { deployerRights } from "../../../policy/deployer/index";
import { allow, type IamPolicy } from "../../../policy/deployer/statements";
import { layers } from "../../../modules";
import { surveyActions } from "../../../scripts/provision/aws/questions";
import { loadConfig } from "../../synth";
import { synthesiseEnvironment } from "../environments";
import { faultsOf } from "./printed-rights";
import { loadReference } from "./reference";

const printed = async (policies: readonly IamPolicy[]) =>
  faultsOf(
    policies,
    await loadReference(policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action))),
  );
const policy = (actions: readonly string[], resources: readonly string[]): IamPolicy[] => [
  { Version: "2012-10-17", Statement: [allow(actions, resources)] },
];

describe("by the Service Authorization Reference, the printed rights", () => {
  test.each(["aws", "aws-cn"] as const)(
    "of everything in %s have real actions, each on resources that it supports",
    async (partition) => {
      const { synthesised, environment } = synthesiseEnvironment("example", "1ken", partition);
      const asked = { layers, surveyActions: surveyActions(layers, loadConfig()) };
      expect(await printed(deployerRights(synthesised, environment, asked).policies)).toEqual([]);
    },
  );

  test("would show an action that AWS does not have", async () => {
    expect(await printed(policy(["s3:HeadBucket"], ["*"]))).toEqual([
      "s3:HeadBucket: AWS has no such action",
    ]);
  });

  test("would show an action of no resource type that is limited to a resource", async () => {
    const protection = "arn:aws:shield::111122223333:protection/*";
    expect(
      await printed(policy(["shield:CreateProtection", "shield:DeleteProtection"], [protection])),
    ).toEqual(['shield:CreateProtection: has no resource type, so that it needs the resource "*"']);
  });

  test("would show a required resource type without a resource", async () => {
    const key = "arn:aws:kms:eu-central-1:111122223333:alias/prod-data";
    expect(await printed(policy(["kms:CreateAlias"], [key]))).toEqual([
      "kms:CreateAlias: needs a resource of type key",
    ]);
  });

  test("would show a resource that no action of its statement acts on", async () => {
    const [bucket, object] = ["arn:aws:s3:::prod-logs", "arn:aws:s3:::prod-logs/*"];
    expect(await printed(policy(["s3:GetBucketPolicy"], [bucket, object]))).toEqual([
      `${object}: no action of s3:GetBucketPolicy acts on it`,
    ]);
  });
});
