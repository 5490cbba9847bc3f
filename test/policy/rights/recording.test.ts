import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { forwardedCalls } from "../../../policy/deployer/forward-access/index";
import { deployerRights } from "../../../policy/deployer/index";
import type { IamPolicy } from "../../../policy/deployer/statements";
import type { RecordedCall } from "../../real/api/recorded-call";
import { synthesiseEnvironment } from "../environments";
import { deniedCalls, describeDenial } from "./denied-calls";
import { actionsOf } from "./operations";
import { loadReference, type Reference } from "./reference";

/** Some calls of the AWS provider from a cycle of everything, one JSON document a line; long texts are cut. */
const calls = readFileSync(join(__dirname, "calls.jsonl"), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  // They have the form in which a cycle of test/real records them.
  .map((line) => JSON.parse(line) as RecordedCall);
const { synthesised, environment } = synthesiseEnvironment("example", "1ken", "aws");
const { policies } = deployerRights(synthesised, environment);
const forwarded = forwardedCalls.flatMap(({ actions }) => actions);
let reference: Reference;

beforeAll(async () => {
  reference = await loadReference([...calls.flatMap(actionsOf), ...forwarded, "iam:PassRole"]);
});

const denied = (allowed: readonly IamPolicy[], judged = calls) =>
  deniedCalls(judged, { policies: allowed, reference, context: environment });

/** The same policies with one action less. */
const without = (action: string): readonly IamPolicy[] =>
  policies.map((policy) => ({
    ...policy,
    Statement: policy.Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((name) => name.toLowerCase() !== action.toLowerCase()),
    })),
  }));

describe("the rights of the deployer", () => {
  test("allow recorded calls of every layer, and what these cause", () => {
    expect(calls.length).toBeGreaterThan(50);
    expect(denied(policies).map(describeDenial)).toEqual([]);
  });

  test("deny the calls that need an action as soon as it is taken away", () => {
    // Without any policy, every need is denied.
    const needs = denied([]);
    const actions = [...new Set(needs.map(({ action }) => action))];
    expect(actions.length).toBeGreaterThan(80);
    const telling = calls.filter(({ operation }) =>
      /^(CreateAlias|CreateRole|CreateInstanceProfile|AddRole\w+|AssociateWebACL)$/.test(operation),
    );
    const wrong = actions.filter((action) => {
      const found = needs.filter((need) => need.action === action);
      const judged = calls.filter(
        (call) => telling.includes(call) || found.some((need) => need.call === call),
      );
      const still = denied(without(action), judged).filter(({ call }) =>
        found.some((need) => need.call === call),
      );
      return still.length < found.length || still.some((denial) => denial.action !== action);
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    ["ecr:PutLifecyclePolicy", ["ecr.CreateRepositoryCreationTemplate"]],
    ["kms:RetireGrant", ["ecr.CreateRepository", "backup.CreateBackupVault"]],
    ["ec2:GetSecurityGroupsForVpc", ["elbv2.CreateLoadBalancer"]],
    ["route53:AssociateVPCWithHostedZone", ["ec2.CreateVpcEndpoint"]],
    ["elasticloadbalancing:CreateWebACLAssociation", ["wafv2.AssociateWebACL"]],
    ["backup-storage:MountCapsule", ["backup.CreateBackupVault"]],
  ])("without %s deny %j", (action, expected) => {
    const found = denied(without(action)).map(({ call }) => `${call.service}.${call.operation}`);
    expect([...new Set(found)].toSorted()).toEqual(expected.toSorted());
  });
});
