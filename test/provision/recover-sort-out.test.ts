import { expect, test } from "vitest";
import type { FoundObject } from "../../scripts/provision/runner/lost-objects/find-objects";
import { SynthesisedJson } from "../../synthesis/environment";
import { sortOut } from "../../scripts/provision/runner/lost-objects/sort-out";
import { addressIn } from "../../scripts/provision/runner/lost-objects/in-state";
import { readStateHead } from "../../scripts/provision/terraform/state";

/** A secret of that name, with the tags of the layer, as the resource of another name or of the same. */
const found = (resource: string, name: string, id = `arn:${name}`): FoundObject => {
  const address = `aws_secretsmanager_secret.${resource}`;
  const values = { name, tags_all: { layer: "platform" } };
  const wanted = { address, type: "aws_secretsmanager_secret", values: { name: resource } };
  return {
    address,
    id,
    by: "tags",
    actions: resource === name ? ["no-op"] : ["delete", "create"],
    values,
    planned: values,
    wanted,
  };
};
const configured = { environment: new SynthesisedJson({}), layer: "platform" };
const grounds = { recorded: [], tags: { layer: "platform" }, configured, unasked: [] };
const decisions = (...objects: readonly FoundObject[]) =>
  sortOut({ found: objects, missing: [] }, grounds).map(({ object, reason }) => [object.id, reason]);

test("of all objects with the tags of a layer, a resource is the one that has its name", () => {
  const all = [
    found("gitea", "gitea"),
    found("gitea", "harbor"),
    found("harbor", "gitea"),
    found("harbor", "harbor"),
  ];
  expect(decisions(...all)).toEqual([
    ["arn:gitea", undefined],
    ["arn:harbor", undefined],
  ]);
});

test("a resource that was not created is none of the others, and of two of its name none is imported", () => {
  expect(decisions(found("gitea", "harbor"))).toEqual([]);
  const twice = "2 objects fit this resource";
  expect(decisions(found("gitea", "gitea", "1"), found("gitea", "gitea", "2"))).toEqual([
    ["1", twice],
    ["2", twice],
  ]);
});

test.each([
  [
    {
      type: "aws_lambda_permission",
      id: "intake/ingress",
      values: { function_name: "intake", statement_id: "ingress" },
    },
    true,
  ],
  // The provider knows a permission by its statement alone, which another function may have as well.
  [
    {
      type: "aws_lambda_permission",
      id: "proxy/ingress",
      values: { function_name: "proxy", statement_id: "ingress" },
    },
    false,
  ],
  [
    {
      type: "aws_cloudwatch_log_group",
      id: "flows",
      values: { id: "flows", arn: "arn:aws:logs:us-west-2::flows" },
    },
    true,
  ],
  [
    {
      type: "aws_cloudwatch_log_group",
      id: "flows",
      values: { id: "flows", arn: "arn:aws:logs:us-east-1::flows" },
    },
    false,
  ],
  [{ type: "aws_security_group", id: "sg-1", values: { id: "sg-1" } }, true],
  [{ type: "aws_vpc", id: "sg-1", values: { id: "sg-1" } }, false],
])("whether a state has what Terraform reads as %j: %s", ({ type, id, values }, isThere) => {
  const stored = {
    aws_lambda_permission: { id: "ingress", function_name: "intake", statement_id: "ingress" },
    aws_cloudwatch_log_group: { id: "flows", name: "flows", arn: "arn:aws:logs:us-west-2::flows" },
    // AWS lists the default group of a VPC as any other.
    aws_default_security_group: { id: "sg-1" },
  };
  const resources = Object.entries(stored).map(([kind, attributes]) => ({
    ...{ mode: "managed", type: kind, name: "it", instances: [{ attributes }] },
  }));
  const state = readStateHead(JSON.stringify({ lineage: "l", serial: 1, resources }));
  const object = { ...found("it", "it", id), values, wanted: { address: `${type}.it`, type, values } };
  const account = { account: "123456789012", partition: "aws", region: "us-west-2" };
  expect(addressIn(state, object, account) !== undefined).toBe(isThere);
});
