import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Account } from "../../scripts/chaos/account";
import { census, finishedObjects, inspect } from "../../scripts/chaos/checks";
import type { CloudObject } from "../../rehearsal/engine/cloud";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chaos-checks-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const object = (id: string, more: Partial<CloudObject> = {}): CloudObject => ({
  ...{ type: "aws_vpc", id, attributes: { id }, createdAt: "2026-01-01T09:00:00.000Z", ...more },
});

/** A state that knows these objects; the second by its private bytes alone. */
const state = (...ids: readonly string[]) =>
  JSON.stringify({
    version: 4,
    resources: [
      {
        mode: "managed",
        type: "aws_vpc",
        instances: ids.map((id, index) =>
          index === 1
            ? { attributes: {}, private: Buffer.from(JSON.stringify({ simulated: id })).toString("base64") }
            : { attributes: { id } },
        ),
      },
      { mode: "managed", type: "terraform_data", instances: [{ attributes: { id: "own" } }] },
      { mode: "data", type: "aws_region", instances: [{ attributes: { id: "us-west-2" } }] },
    ],
  });

const accountOf = (objects: readonly CloudObject[], stored: Readonly<Record<string, string>>) =>
  // The checks look at no more of an account.
  ({ objects: () => objects, stored: () => new Map(Object.entries(stored)) }) as unknown as Account;

test("an account whose states know exactly what exists has nothing wrong", () => {
  const account = accountOf([object("a"), object("b"), object("side", { owner: "aws_vpc a" })], {
    "bucket/vpc": state("a", "b"),
    "bucket/journal": '{"version":4}\n{"run":"x"}\n',
    "bucket/environment.tflock": '{"kind":"released"}',
    "bucket/conditional.write.tflock": "{}\n",
  });
  const none = { locks: [], orphans: [], lost: [], replaced: [], unsaved: [] };
  expect(inspect(account, folder, [object("a")])).toEqual(none);
});

test("objects in no state, states without objects, new objects for old ones, locks and unsaved states are found", () => {
  const account = accountOf([object("a", { createdAt: "2026-01-01T10:00:00.000Z" }), object("orphan")], {
    "bucket/vpc": state("a", "gone"),
    "bucket/vpc.tflock": '{"ID":"5131a7ed"}',
    "bucket/environment.tflock": '{"kind":"held"}',
    "bucket/cut.tflock": "",
  });
  mkdirSync(join(folder, "stacks"));
  writeFileSync(join(folder, "stacks/errored.tfstate"), "{}");
  writeFileSync(join(folder, "run.lock"), "{}");
  expect(inspect(account, folder, [object("a")])).toEqual({
    locks: ["bucket/vpc.tflock", "bucket/environment.tflock", "bucket/cut.tflock", join(folder, "run.lock")],
    orphans: ["aws_vpc orphan"],
    lost: ["aws_vpc gone"],
    replaced: ["aws_vpc a"],
    unsaved: [join(folder, "stacks/errored.tfstate")],
  });
});

test("an object is finished once its provider had the time to report it", () => {
  const account = accountOf([object("a"), object("b", { createdAt: "2026-01-01T09:00:10.000Z" })], {});
  const now = Date.parse("2026-01-01T09:00:11.000Z");
  expect(finishedObjects(account, now, 1000).map(({ id }) => id)).toEqual(["a"]);
});

test("a census counts by type", () => {
  expect(census([object("a"), object("b"), object("k", { type: "aws_kms_key" })])).toBe(
    "aws_kms_key 1\naws_vpc 2",
  );
});
