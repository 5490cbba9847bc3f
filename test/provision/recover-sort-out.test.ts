import { expect, test } from "vitest";
import type { FoundObject } from "../../scripts/provision/runner/lost-objects/find-objects";
import { SynthesisedJson } from "../../synthesis/environment";
import { sortOut } from "../../scripts/provision/runner/lost-objects/sort-out";

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
