import { describe, expect, test } from "vitest";
import { allow, type IamPolicy } from "../../../policy/deployer/statements";
import { type Context, whyDenied } from "./evaluation";

const role = "arn:aws:iam::111122223333:role/prod-eks-node";
const policies = (condition?: Parameters<typeof allow>[2]): IamPolicy[] => [
  {
    Version: "2012-10-17",
    Statement: [allow(["iam:PassRole"], ["arn:aws:iam::111122223333:role/prod-*"], condition)],
  },
];
const context =
  (values: Readonly<Record<string, readonly string[]>>): Context =>
  (key) =>
    values[key];
const nothing = context({});

describe("policies that allow", () => {
  test("deny an action that no statement has", () => {
    const wish = { action: "iam:GetRole", resource: role, context: nothing };
    expect(whyDenied(policies(), wish)).toBe("no statement allows the action");
  });

  test("deny a resource that no statement has", () => {
    const wish = { action: "iam:PassRole", resource: role.replace("prod", "dev"), context: nothing };
    expect(whyDenied(policies(), wish)).toBe("no statement allows the resource");
  });

  test("deny what meets no condition, and allow what meets one", () => {
    const toEks = policies({ StringEquals: { "iam:PassedToService": ["eks.amazonaws.com"] } });
    const wish = (service: string) => ({
      action: "iam:PassRole",
      resource: role,
      context: context({ "iam:PassedToService": [service] }),
    });
    expect(whyDenied(toEks, wish("ec2.amazonaws.com"))).toBe("no condition is met");
    expect(whyDenied(toEks, wish("eks.amazonaws.com"))).toBeUndefined();
  });

  test("compare the names of actions without regard to case", () => {
    expect(
      whyDenied(policies(), { action: "iam:passrole", resource: role, context: nothing }),
    ).toBeUndefined();
  });

  test("have conditions that nothing tells of, which are then no reason to deny", () => {
    const tagged = policies({ StringEquals: { "aws:ResourceTag/environment": "prod" } });
    expect(whyDenied(tagged, { action: "iam:PassRole", resource: role, context: nothing })).toBeUndefined();
  });

  test.each([
    ["ForAnyValue:StringEquals", ["alias/prod-data", "alias/other"], true],
    ["ForAnyValue:StringEquals", [], false],
    ["ForAllValues:StringLike", ["alias/prod-data", "alias/prod-logs"], false],
    ["ForAllValues:StringLike", [], true],
    ["StringEqualsIfExists", [], true],
    ["BoolIfExists", [], true],
    ["BoolIfExists", ["false"], false],
    ["StringEqualsIfExists", ["alias/other"], false],
    ["StringLike", [], false],
  ])("judge %s on %j: %s", (operator, values, allowed) => {
    const wish = {
      action: "iam:PassRole",
      resource: role,
      context: context({ "kms:ResourceAliases": values }),
    };
    const reason = whyDenied(policies({ [operator]: { "kms:ResourceAliases": "alias/prod-data" } }), wish);
    expect(reason === undefined).toBe(allowed);
  });

  test.each([
    ["true", [], true],
    ["true", ["alias/other"], false],
    ["false", [], false],
    ["false", ["alias/other"], true],
  ])("judge Null: %s on %j: %s", (expected, values, allowed) => {
    const wish = {
      action: "iam:PassRole",
      resource: role,
      context: context({ "kms:ResourceAliases": values }),
    };
    const reason = whyDenied(policies({ Null: { "kms:ResourceAliases": expected } }), wish);
    expect(reason === undefined).toBe(allowed);
  });

  test("are not judged by an operator that is not known", () => {
    const wish = { action: "iam:PassRole", resource: role, context: context({ "aws:x": ["1"] }) };
    expect(() => whyDenied(policies({ NumericLessThan: { "aws:x": "2" } }), wish)).toThrow(
      'Cannot judge the condition operator "NumericLessThan": it is not known',
    );
  });
});
