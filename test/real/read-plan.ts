import { expect } from "vitest";
import type { PlannedChange } from "../../scripts/provision/run/plan";
import { readPlanJson } from "../../scripts/provision/terraform/plan-json";
import type { PlanJson } from "./plan-difference";

const actions: Readonly<Record<string, string>> = {
  create: "create",
  update: "update",
  delete: "delete",
  "delete create": "replace",
  "create delete": "replace",
};

/** Expects the product to read what Terraform prints of a plan: every change, with the values that it is about. */
export function expectRead(text: string, { resource_changes = [] }: PlanJson): void {
  const read = readPlanJson(text, String);
  const changes = read?.changes ?? [];
  const planned = resource_changes.flatMap(({ address, change }) => {
    const action = actions[change.actions.join(" ")];
    return action === undefined ? [] : [{ address, action }];
  });
  expect(changes.map(({ address, action }) => ({ address, action }))).toEqual(planned);
  expect(changes.filter((change) => !saysWhat(change)).map(({ address }) => address)).toEqual([]);
}

function saysWhat({ action, attributes }: PlannedChange): boolean {
  if (action === "replace") return attributes.some(({ forcesReplacement }) => forcesReplacement);
  return attributes.length > 0;
}
