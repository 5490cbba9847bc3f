import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar, toyEnvironment } from "./toys";

/** Has a key of one name or the other, as a certificate of one source or the other. */
const keys = defineLayer({
  name: "keys",
  summary: "Keys",
  settings: z.strictObject({ name: z.enum(["old", "new"]).default("old").describe("Name of the key") }),
  needs: {},
  outputs: { arn: text("ARN of the key") },
  superseded: () =>
    ["old", "new"].map((name) => ({
      type: "aws_kms_key",
      name,
      what: "The former key",
      required: { description: "former" },
    })),
  build: (stack, { settings: { name } }) => ({ arn: new KmsKey(stack, name, {}).arn }),
});

const user = defineLayer({
  name: "user",
  summary: "An alias of the key",
  settings: z.strictObject({}),
  needs: { keys },
  outputs: {},
  build(stack, { from }) {
    new KmsAlias(stack, "alias", { name: "alias/dev", targetKeyId: from.keys.arn });
    return {};
  },
});

const layers = inOrder([cellar, keys, user]);
const apply = "--env dev --yes --only keys --allow-data-loss keys";
const place = (layer: string) => `dev-state/us-west-2/${layer}/dev`;
let world: FakeWorld;
let former: string;
const stored = (layer: string) => world.cloud.stored.get(place(layer)) ?? "";
const inState = () => [...stored("keys").matchAll(/"name":"(old|new)"/g)].map(([, name]) => name).sort();
/** What the applied alias points at: these states have references in the place of values. */
const pointAt = (arn: string) =>
  world.cloud.stored.set(
    place("user"),
    stored("user").replace(/"target_key_id":"[^"]*"/, `"target_key_id":"${arn}"`),
  );

beforeEach(async () => {
  world = new FakeWorld();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  former = `arn:aws_kms_key/${/"name":"old","instances":\[\{"attributes":\{[^}]*"id":"([^"]+)"/.exec(stored("keys"))?.[1] ?? ""}`;
  pointAt(former);
  world.printed.length = 0;
  world.texts.set("configs/dev.yaml", `${toyEnvironment}layers: { keys: { name: new } }\n`);
});

test("a superseded resource stays while a later layer uses it, and goes once that is applied", async () => {
  expect(await run(world, apply, layers)).toBe(0);
  expect(inState()).toEqual(["new", "old"]);
  expect(world.printed.join("\n")).toContain(
    `The former key, ${former}, stays: user uses it; the next apply of keys after theirs deletes it`,
  );
  expect([...world.texts.keys()].filter((name) => name.endsWith("/provision_kept.tf.json"))).toEqual([]);

  pointAt("arn:aws_kms_key/another");
  expect(await run(world, apply, layers)).toBe(0);
  expect(inState()).toEqual(["new"]);
});

test("a superseded resource that nothing uses is deleted at once", async () => {
  pointAt("arn:aws_kms_key/another");
  expect(await run(world, apply, layers)).toBe(0);
  expect(inState()).toEqual(["new"]);
  expect(world.printed.join("\n")).not.toContain("stays");
});
