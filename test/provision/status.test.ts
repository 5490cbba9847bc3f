import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { EnvironmentStatus } from "../../scripts/provision/commands/status/layer-status";
import type { AwsCall } from "../../lib/layer/aws-call";
import { pendingChanges } from "../../scripts/provision/terraform/pending-changes";
import { readStoredState } from "../../scripts/provision/terraform/stored-state";
import { deniedCalls } from "../policy/rights/denied-calls";
import { loadReference } from "../policy/rights/reference";
import { awsError } from "./aws-error";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar, ground, house, toyEnvironment, toys } from "./toys";

/** Where the state of a layer is stored. */
const at = (layer: string) => `dev-state/us-west-2/${layer}/dev`;
const recoverGround = "npx ts-node scripts/provision.ts recover --env dev --only ground";
const secret = "s3cret-of-the-state";
let applied: ReadonlyMap<string, string>;
let objects: FakeWorld["cloud"]["objects"];
let world: FakeWorld;

beforeAll(async () => {
  const first = new FakeWorld();
  expect(await run(first, "apply --env dev --yes")).toBe(0);
  applied = new Map(first.cloud.stored);
  objects = first.cloud.objects;
});
beforeEach(() => {
  world = new FakeWorld();
  for (const [key, object] of objects) world.cloud.objects.set(key, object);
  for (const [key, text] of applied) world.cloud.stored.set(key, text);
});

/** The document of `status --json`, and the exit code. */
async function status(line = "status --env dev"): Promise<EnvironmentStatus & { readonly code: unknown }> {
  const start = world.printed.length;
  const code = await run(world, `${line} --json`);
  return { ...(JSON.parse(world.printed.slice(start).join("\n")) as EnvironmentStatus), code };
}

/** The text of `status`. */
async function printed(line = "status --env dev"): Promise<string> {
  await run(world, line);
  return world.printed.join("\n");
}

async function statusOf(name: string) {
  return (await status()).layers.find(({ layer }) => layer === name);
}

/** What `iam` prints for an environment whose bucket is not its own: there the rights are no wider than for its states. */
async function iam(): Promise<string> {
  const start = world.printed.length;
  const key = "arn:aws:kms:us-west-2:123456789012:key/1234";
  const shared = `state:\n  existing: true\n  kmsKeyArn: ${key}\n`;
  world.texts.set("configs/dev.yaml", toyEnvironment.replace("state:\n", shared));
  expect(await run(world, "iam --env dev", [ground, house])).toBe(0);
  return world.printed.slice(start).join("\n");
}

/** A state as FakeTerraform writes it. */
interface State {
  outputs: Record<string, unknown>;
  resources: { mode?: string; type: string; name: string; instances: object[] }[];
}

/** Changes the stored state of a layer. */
function edit(layer: string, change: (state: State) => void): void {
  const state = JSON.parse(world.cloud.stored.get(at(layer)) ?? "") as State;
  change(state);
  world.cloud.stored.set(at(layer), JSON.stringify(state));
}

describe("status of an applied environment", () => {
  test("has serial, time, Terraform, resources and nothing pending", async () => {
    expect(await statusOf("ground")).toEqual({
      layer: "ground",
      status: "applied",
      notes: [],
      serial: 5,
      lastModified: "2026-01-01T09:00:00.000Z",
      terraformVersion: "1.11.4",
      resources: 4,
      pending: { create: [], delete: [], update: [] },
      applied: {
        ...{ run: "20260101T090000Z-07070707", time: "2026-01-01T09:00:00.000Z" },
        ...{ user: "anna", host: "workstation", caller: "arn:aws:iam::123456789012:user/op" },
      },
    });
    expect((await status()).code).toBe(0);
  });

  test("is a table that ends with the command for what only AWS can tell", async () => {
    expect(await printed()).toContain(
      "│ ground │ applied │      5 │ 2026-01-01 09:00 UTC │ anna@workstation │         4 │ none found │",
    );
    expect(world.printed.at(-1)).toBe(
      "For what only AWS can tell: npx ts-node scripts/provision.ts plan --env dev",
    );
  });

  test("runs no Terraform, and leaves no file behind", async () => {
    await status();
    expect(world.ran).toEqual([]);
    expect([...world.texts.keys()]).toEqual(["configs/dev.yaml"]);
  });

  test("is that of the selected layers alone", async () => {
    const { layers } = await status("status --env dev --only house,roof");
    expect(layers.map(({ layer }) => layer)).toEqual(["house", "roof"]);
  });
});

describe("pending changes", () => {
  test("are what the file adds, removes and changes, without any value", async () => {
    world.texts.set("configs/dev.yaml", `${toyEnvironment}layers: { ground: { cidr: 10.1.0.0/16 } }\n`);
    edit("ground", ({ resources }) => {
      resources.push({ mode: "managed", type: "aws_eip", name: "former", instances: [{ attributes: {} }] });
    });
    edit("house", (state) => (state.resources = state.resources.slice(1)));
    const { layers } = await status();
    const pendingOf = (name: string) => layers.find(({ layer }) => layer === name)?.pending;
    expect(pendingOf("house")).toEqual({ create: ["aws_rds_cluster.database"], delete: [], update: [] });
    expect(pendingOf("ground")).toEqual({
      create: [],
      delete: ["aws_eip.former"],
      update: [
        ...["a", "b", "c"].map((zone) => ({
          address: `aws_subnet.subnet-us-west-2${zone}`,
          arguments: ["cidr_block"],
        })),
        { address: "aws_vpc.vpc", arguments: ["cidr_block"] },
      ],
    });
    const text = await printed();
    expect(text).toContain("1 to delete, 4 differ");
    expect(text).toContain("  - aws_eip.former\n  ~ aws_subnet.subnet-us-west-2a: cidr_block\n");
    expect(text).not.toContain("10.0.0.0");
    expect(world.printed.at(-1)).toBe(
      "For all that apply would change: npx ts-node scripts/provision.ts plan --env dev",
    );
  });

  test("of a layer that was never applied, or was destroyed, are everything", async () => {
    // Nothing in the bucket may say that there was one.
    for (const key of world.cloud.stored.keys())
      if (key === at("roof") || key.includes("/journal/")) world.cloud.stored.erase(key);
    edit("house", (state) => Object.assign(state, { resources: [], outputs: {} }));
    expect(await statusOf("roof")).toEqual({
      layer: "roof",
      status: "not applied",
      notes: [],
      pending: { create: ["aws_security_group.door"], delete: [], update: [] },
    });
    expect(await statusOf("house")).toMatchObject({ status: "destroyed", serial: 3, resources: 0 });
    expect(await printed()).toMatch(/│ roof +│ not applied │ +│ +│ +│ everything │/);
  });
});

/** Whether an argument of an applied resource is pending. */
function isPending(given: unknown, stored: unknown, more: Readonly<Record<string, object>> = {}): boolean {
  const json = { resource: { aws_x: { x: { argument: given, ...more["given"] } } } };
  const instance = { attributes: { argument: stored }, ...more["instance"] };
  const resources = [{ mode: "managed", type: "aws_x", name: "x", instances: [instance] }];
  const state = readStoredState(JSON.stringify({ version: 4, serial: 1, resources }));
  if (typeof state === "string") throw new Error(state);
  return pendingChanges(json, state).update.length > 0;
}

describe("an argument is pending", () => {
  test.each([
    ["a text", "new", "old"],
    ["a text that the state lacks", "new", null],
    ["a number", 7, 14],
    ["a switch", true, false],
    ["an item of a list", ["a", "b"], ["a", "c"]],
    ["a shorter list", ["a"], ["a", "b"]],
    ["a setting in a block", { size: 2 }, [{ size: 1, arn: "arn:x" }]],
    ["one of several blocks", [{ port: 1 }, { port: 2 }], [{ port: 1 }, { port: 3 }]],
    ["JSON", '{"a":1}', '{"a":2}'],
    ["a dynamic value", ["a"], { value: ["b"], type: ["tuple", ["string"]] }],
  ])("that is %s", (_, given, stored) => {
    expect(isPending(given, stored)).toBe(true);
  });

  test.each([
    ["an expression", "${aws_vpc.vpc.id}", "vpc-1"],
    ["a list with an expression", ["a", "${b}"], ["a"]],
    ["the zero value of what the state lacks", false, null],
    ["an empty map", {}, null],
    ["a number in a text", "5", 5],
    ["a switch in a text", true, "true"],
    ["a set in another order", ["a", "b"], ["b", "a"]],
    ["a block to which AWS adds", { size: 1 }, [{ size: 1, arn: "arn:x" }]],
    ["a policy in another form", '{"Action":["a"],"Effect":"x"}', '{"Effect":"x","Action":"a"}'],
    ["a dynamic value", { a: "b" }, { value: { a: "b" }, type: ["object", { a: "string" }] }],
  ])("unless it is %s", (_, given, stored) => {
    expect(isPending(given, stored)).toBe(false);
  });

  test.each([
    [
      "sensitive in the state",
      { instance: { sensitive_attributes: [[{ type: "get_attr", value: "argument" }]] } },
    ],
    ["ignored", { given: { lifecycle: { ignore_changes: ["argument[0].size"] } } }],
    ["ignored with all others", { given: { lifecycle: { ignore_changes: "all" } } }],
    ["of one of several objects", { instance: { index_key: "a" } }],
  ])("unless it is %s", (_, more) => {
    expect(isPending("new", "old")).toBe(true);
    expect(isPending("new", "old", more)).toBe(false);
  });

  test("if a tag was removed", () => {
    const tags = (given: object) =>
      isPending(1, 1, {
        given: { tags: given },
        instance: { attributes: { argument: 1, tags: { a: "b" } } },
      });
    expect([tags({ a: "b" }), tags({})]).toEqual([false, true]);
  });

  test("unless it is write-only, which no state has", () => {
    expect(isPending(1, 1, { given: { secret_wo: "x" } })).toBe(false);
  });
});

describe("a layer is incomplete", () => {
  test.each([
    [
      "tainted",
      { status: "tainted" },
      "aws_vpc.vpc is tainted: the next apply replaces it, unless AWS calls it healthy",
    ],
    ["deposed", { deposed: "4711" }, "aws_vpc.vpc was replaced, but the old object still exists"],
  ])("if an object is %s", async (_, fault, note) => {
    edit("ground", ({ resources }) => {
      const vpc = resources.find(({ type }) => type === "aws_vpc");
      if ("status" in fault) Object.assign(vpc?.instances[0] ?? {}, fault);
      else vpc?.instances.push({ ...vpc.instances[0], ...fault });
    });
    expect(await statusOf("ground")).toMatchObject({ status: "incomplete", notes: [note] });
    expect(await printed()).toContain(`\nground: ${note}\n`);
  });

  test("if outputs that it declares are missing", async () => {
    edit("ground", (state) => delete state.outputs["vpcId"]);
    const note = "its state has no output vpcId: apply has not finished";
    expect(await statusOf("ground")).toMatchObject({ status: "incomplete", notes: [note] });
  });
});

describe("a state that cannot be read", () => {
  test.each([
    ["is cut off", `{"version":4,"password":"${secret}`, "the object is not JSON"],
    ["is of something else", `{"password":"${secret}"}`, "the object is not a Terraform state"],
    [
      "was edited",
      `{"version":4,"serial":"${secret}","resources":[]}`,
      "the object is not a Terraform state",
    ],
    ["is empty", "", "the object is empty"],
    [
      "is newer",
      '{"version":5,"serial":1,"resources":[]}',
      "its format is version 5 of Terraform's, and this release reads version 4",
    ],
  ])("because it %s is named, and the others are printed", async (_, text, because) => {
    world.cloud.stored.set(at("ground"), text);
    const { code, layers } = await status();
    expect(code).toBe(1);
    expect(layers.map((layer) => layer.status)).toEqual(["applied", "unreadable", "applied", "applied"]);
    expect(layers[1]?.notes).toEqual([
      expect.stringContaining(`its state in the bucket is damaged: ${because} (`),
      `to restore an earlier version of its state, run: ${recoverGround}`,
    ]);
    expect(await printed()).toContain(`ground: its state in the bucket is damaged: ${because} (`);
    expect(world.printed.join("\n")).not.toContain(secret);
  });

  test("because AWS refuses it has AWS's own message", async () => {
    const send = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: (call: AwsCall, request: Parameters<typeof send>[1]) =>
        call.operation === "GetObject" && JSON.stringify(call.input).includes("/ground/")
          ? Promise.reject(awsError("AccessDenied", "not authorized to perform kms:Decrypt", 403))
          : send(call, request),
    });
    expect((await statusOf("ground"))?.notes).toEqual([
      'its state cannot be read: AWS says "AccessDenied: not authorized to perform kms:Decrypt"',
    ]);
  });
});

describe("a state that a plan refuses", () => {
  /** What `plan` says of the ground. */
  async function refusal(): Promise<string> {
    const refused = await run(world, "plan --env dev --only ground");
    return /: (its state .*); nothing was changed$/.exec((refused as Error).message)?.[1] ?? "";
  }

  test("because it is gone is not called unapplied, and comes with the command that restores it", async () => {
    world.cloud.stored.delete(at("ground"));
    const { code, layers } = await status();
    expect(code).toBe(1);
    const because = await refusal();
    expect(because).toContain("its state is gone from the bucket");
    expect(layers[1]).toEqual({
      ...{ layer: "ground", status: "gone" },
      notes: [because, `to restore an earlier version of its state, run: ${recoverGround}`],
    });
    expect(await printed()).toMatch(/ground │ gone .*unknown/);
  });

  test("because a run has left a later one is called older", async () => {
    const before = JSON.parse(world.cloud.stored.get(at("ground")) ?? "") as object;
    world.cloud.stored.set(at("ground"), JSON.stringify({ ...before, serial: 0 }));
    const { code, layers } = await status();
    expect(code).toBe(1);
    const because = await refusal();
    expect(because).toContain("its state in the bucket has serial 0, and run ");
    expect(layers[1]).toMatchObject({ status: "older", notes: [because, expect.any(String)] });
  });
});

describe("the state bucket", () => {
  test("is said to be missing before the first apply", async () => {
    world.cloud.objects.clear();
    const { code, layers, notes } = await status();
    expect(code).toBe(0);
    expect(new Set(layers.map((layer) => layer.status))).toEqual(new Set(["not applied"]));
    expect(notes).toEqual(['There is no state bucket "dev-state": no layer is applied']);
    await printed();
    expect(world.printed.at(-1)).toBe("Next: npx ts-node scripts/provision.ts plan --env dev");
  });

  test("is said to be on its way if its creation was interrupted", async () => {
    world.cloud.objects.clear();
    world.texts.set(".provision/dev/bootstrap/cellar.tfstate", "{}");
    expect((await status()).notes).toEqual([
      'There is no state bucket "dev-state" yet: apply of "cellar" has begun, and its state is .provision/dev/bootstrap/cellar.tfstate',
    ]);
  });

  test("that cannot be read ends the command with the reason", async () => {
    Object.assign(world.aws, { send: () => Promise.reject(awsError("AccessDenied", "Access Denied", 403)) });
    expect(await run(world, "status --env dev")).toMatchObject({
      message: 'Cannot read the state bucket "dev-state": AWS says "AccessDenied: Access Denied"',
      hint: "Use a role that has this permission, e.g. with AWS_PROFILE; then run: npx ts-node scripts/provision.ts status --env dev",
    });
  });

  test("has layers that the file has no more; neither those of others, nor empty ones", async () => {
    const state = applied.get(at("ground")) ?? "";
    world.cloud.stored.set(at("shed"), state);
    world.cloud.stored.set(at("barn"), JSON.stringify({ version: 4, serial: 9, resources: [] }));
    world.cloud.stored.set("dev-state/us-west-2/mill/prod", state);
    const { leftovers } = await status();
    expect(leftovers).toMatchObject([{ layer: "shed", status: "applied", serial: 5, resources: 4 }]);
    expect(await printed()).toContain("shed: in the state bucket, but not in configs/dev.yaml");
  });

  test("shows who holds a lock, and since when", async () => {
    const Info = {
      ID: "1",
      Operation: "OperationTypeApply",
      Who: "op@laptop",
      Created: "2026-01-01T08:30:00Z",
    };
    world.cloud.stored.set(`${at("ground")}.tflock`, JSON.stringify(Info));
    world.cloud.stored.set(`${at("house")}.tflock`, "no lock of Terraform");
    expect((await statusOf("ground"))?.lock).toEqual({
      ...{ who: "op@laptop", operation: "OperationTypeApply", since: "2026-01-01T08:30:00Z" },
    });
    expect((await statusOf("house"))?.lock).toMatchObject({ who: "unknown" });
    const text = await printed();
    expect(text).toContain("│ applied, locked │");
    expect(text).toContain("ground: locked by op@laptop since 2026-01-01T08:30:00Z (OperationTypeApply)");
  });

  test("shows who has locked the environment, and who has joined", async () => {
    const key = at("environment.lock").replace(/$/, ".tflock");
    const released = JSON.parse(world.cloud.stored.get(key) ?? "") as object;
    expect(await status()).not.toHaveProperty("lock");
    const cleo = {
      holder: "c",
      run: "r2",
      user: "cleo",
      host: "build-8",
      pid: 12,
      command: "apply",
      since: "",
    };
    const held = { ...released, kind: "held", joined: [{ ...cleo, layer: "vpc" }] };
    world.cloud.stored.set(key, JSON.stringify(held));
    world.lockAge = 12;
    expect((await status()).lock).toMatchObject({
      ...{ user: "anna", host: "workstation", ageSeconds: 12 },
      joined: [{ user: "cleo", host: "build-8", layer: "vpc" }],
    });
    expect(await printed()).toMatch(
      /The environment is locked: anna on "workstation" .* 12 s ago; .*; it shares the lock with cleo on "build-8" \(process 12, at vpc, run r2\)/,
    );
    world.cloud.stored.set(key, "oops");
    expect(await printed()).toContain("What is there as the environment's lock cannot be read");
  });

  test("shows no control character that a lock names its holder with", async () => {
    const Info = { Operation: "\u001b[2J", Who: "op\nhouse: unlocked", Created: "2026-01-01T08:30:00Z\r" };
    world.cloud.stored.set(`${at("ground")}.tflock`, JSON.stringify(Info));
    expect(await printed()).toContain(
      String.raw`ground: locked by op\u000ahouse: unlocked since 2026-01-01T08:30:00Z\u000d (\u001b[2J)`,
    );
  });
});

test("status calls nothing that the printed rights do not allow, and nothing but the state bucket", async () => {
  const calls: AwsCall[] = [];
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (call: AwsCall, request: Parameters<typeof send>[1]) => {
      calls.push(call);
      return send(call, request);
    },
  });
  world.cloud.stored.set(`${at("ground")}.tflock`, "{}");
  await status();
  // The list and the states, a lock and that of the environment, and the list of the journals and one of them, for who applied, and for what is known of a state.
  expect(calls).toHaveLength(1 + toys.length + 2 + 2 * 2);
  expect(new Set(calls.map(({ service }) => service))).toEqual(new Set(["s3"]));
  const recorded = calls.map(({ operation, input }) => ({
    ...{ service: "s3", operation, region: "us-west-2", params: input as Record<string, unknown> },
    ...{ status: 200, layer: "", phase: "plan" as const },
  }));
  const context = { partition: "aws", account: "123456789012" } as const;
  const policies = JSON.parse(await iam());
  const reference = await loadReference(["s3:any", "kms:any"]);
  expect(deniedCalls(recorded, { policies, reference, context })).toEqual([]);
});

test("a rehearsal has no state bucket to read", async () => {
  expect(await run(world, "status --env dev --rehearse", [cellar, ground])).toMatchObject({ exitCode: 64 });
});
