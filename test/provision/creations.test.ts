import { describe, expect, test } from "vitest";
import { recordedCreations } from "../../scripts/provision/run/creations";
import type { RunEvent } from "../../scripts/provision/run/events";
import { recordCreations } from "../../scripts/provision/run/record-creations";
import { applyEvent } from "../../scripts/provision/terraform/apply-event";
import { FakeWorld } from "./fake-world";

const place = { own: ".provision/dev" };
const type = "aws_kms_key";
const address = `${type}.data`;

/** What is recorded after changes of a layer, each with the ID of the object that it is about. */
function after(...changes: readonly (readonly [action: "create" | "delete", id: string])[]) {
  const { files } = new FakeWorld();
  const listen = recordCreations(files, place);
  const tell = (event: RunEvent) => {
    listen(event);
  };
  for (const [action, id] of changes) {
    const change = { address, type, action };
    // Terraform knows it at the beginning of a deletion, and at the end of a creation.
    const [first, last] = action === "delete" ? [{ ...change, id }, change] : [change, { ...change, id }];
    tell({ type: "object began", layer: "kms", change: first });
    tell({ type: "object changed", layer: "kms", change: last });
  }
  return recordedCreations(files, place, "kms");
}

test("an object that was created, and deleted by a later apply, is not missing in the state", () => {
  expect(after(["create", "k-1"])).toEqual([{ address, type, ids: ["k-1"] }]);
  expect(after(["create", "k-1"], ["delete", "k-1"])).toEqual([]);
});

test.each([
  ["before", [["delete", "k-1"] as const, ["create", "k-2"] as const]],
  ["after", [["create", "k-2"] as const, ["delete", "k-1"] as const]],
])("one that takes the place of another, which is deleted %s, may be", (_, changes) => {
  expect(after(...changes)).toEqual([{ address, type, ids: ["k-2"] }]);
  expect(after(["create", "k-1"], ...changes)).toEqual([{ address, type, ids: ["k-2"] }]);
});

const alias = "aws_kms_alias.data";

/** What is recorded after the creation of a key and of an alias have failed, with these errors. */
function afterErrors(...errors: readonly { readonly summary: string; readonly address?: string }[]) {
  const { files } = new FakeWorld();
  const listen = recordCreations(files, place);
  for (const each of [address, alias]) {
    const change = { address: each, type: each.split(".")[0] ?? "", action: "create" };
    listen({ type: "object began", layer: "kms", change });
    listen({ type: "object failed", layer: "kms", change });
  }
  for (const error of errors) {
    const diagnostic = { severity: "error", detail: "", ...error };
    const event = applyEvent("kms", { kind: "diagnostic", diagnostic, text: "" });
    if (event !== undefined) listen(event);
  }
  return recordedCreations(files, place, "kms").map((creation) => creation.address);
}

describe("of two creations that failed", () => {
  const killed = { summary: "Plugin did not respond" };
  const taken = { summary: "creating KMS Alias: AlreadyExistsException", address: alias };
  const silent = { summary: "creating KMS Key: https response error StatusCode: 0, RequestID: ,", address };

  test("both are open when the provider was killed, but for one that was answered before", () => {
    expect(afterErrors(killed)).toEqual([address, alias]);
    expect(afterErrors(killed, taken)).toEqual([address]);
    expect(afterErrors(taken, killed)).toEqual([address]);
  });

  test("only the one is whose answer was lost", () => {
    expect(afterErrors(silent)).toEqual([address]);
    expect(afterErrors(silent, taken)).toEqual([address]);
    expect(afterErrors({ ...silent, summary: "creating KMS Key: LimitExceeded" }, taken)).toEqual([]);
  });

  test("one that was answered in an earlier run is when the provider of the next is killed", () => {
    const { files } = new FakeWorld();
    const lines = [
      { began: alias, type: "aws_kms_alias" },
      { failed: alias },
      { answered: alias },
      { began: alias, type: "aws_kms_alias" },
      { failed: alias },
      { lost: true },
    ];
    files.write(".provision/dev/creations/kms.jsonl", lines.map((line) => JSON.stringify(line)).join("\n"));
    expect(recordedCreations(files, place, "kms")).toHaveLength(1);
  });
});

test("what it takes the place of is known from the plan, also when a later run reads once more what Terraform said", () => {
  const { files } = new FakeWorld();
  const change = { address, type, action: "create" };
  const planned = { ...change, name: "data", attributes: [], instead: "k-0" };
  const plan = { changes: [planned], outputs: [], drift: [], pending: true };
  const first = recordCreations(files, place);
  first({ type: "plan read", layer: "kms", plan });
  first({ type: "object began", layer: "kms", change });
  recordCreations(files, place)({ type: "object began", layer: "kms", change });
  expect(recordedCreations(files, place, "kms")).toEqual([{ address, type, ids: [], instead: "k-0" }]);
});
