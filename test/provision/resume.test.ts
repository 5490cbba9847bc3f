import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { AnyLayer } from "../../lib/layer/layer";
import { readLines } from "../../scripts/provision/run/journal/line";
import { FakeWorld } from "./fake-world";
import { rehearsing } from "./rehearsing";
import { commands, layerTable, run } from "./runs";
import { ground, toyEnvironment, toys } from "./toys";

const state = (layer: string) => `dev-state/us-west-2/${layer}/dev`;
const journal = (byte: number) => `20260101T090000Z-${`0${byte}`.repeat(4)}`;

let world: FakeWorld;
let runs = 0;

/** Runs a command line as a run with a name of its own, later than all before. */
function next(commandLine: string, layers?: readonly AnyLayer[]): ReturnType<typeof run> {
  runs += 1;
  const byte = runs;
  Object.assign(world, { randomBytes: (count: number) => Buffer.alloc(count, byte) });
  world.ran.length = 0;
  world.printed.length = 0;
  return run(world, commandLine, layers);
}

/** The layers that Terraform planned in the last run. */
const planned = () => commands(world, "plan").map((ran) => ran.split(" ")[0]);

const failing = "aws_rds_cluster.database";
const apply = "--env dev --yes";

/** The first run fails at `house`. */
beforeEach(async () => {
  world = new FakeWorld();
  runs = 0;
  world.faults.fail.set(failing, "InsufficientCapacity");
  expect(await next(apply)).toMatchObject({ exitCode: 1 });
  world.faults.fail.clear();
});

describe("after a run that failed, the same command", () => {
  test("goes on where that stopped, and says why; once it has ended, every layer is planned", async () => {
    expect(await next(apply)).toBe(0);
    expect(planned()).toEqual(["house", "roof"]);
    expect(world.ran.filter((ran) => ran.startsWith("cellar "))).toEqual([]);
    expect(world.printed).toContain(
      `  ground: skipped, unchanged since run ${journal(1)} applied it at 2026-01-01 09:00 UTC (serial 5); --check plans it`,
    );
    expect(layerTable(world)).toEqual({
      ...{ cellar: "skipped", ground: "skipped", house: "applied", roof: "applied" },
    });
    expect(world.printed.at(-1)).not.toContain("undefined");
    expect(await next(apply)).toBe(0);
    expect(planned()).toEqual(["cellar", "ground", "house", "roof"]);
  });

  test("skips what it skipped before, and what an earlier run found unchanged", async () => {
    world.faults.fail.set(failing, "InsufficientCapacity");
    await next(apply);
    world.faults.fail.clear();
    await next(`${apply} --only ground`);
    world.faults.fail.set("aws_security_group.door", "InsufficientCapacity");
    await next(apply);
    expect(planned()).toEqual(["cellar", "ground", "house", "roof"]);
    world.faults.fail.clear();
    expect(await next(apply)).toBe(0);
    expect(planned()).toEqual(["roof"]);
    expect(world.printed.join("\n")).toMatch(/cellar: skipped, unchanged since run \S+-04040404 found it so/);
  });

  test("reads the chain of runs that failed one after the other", async () => {
    world.faults.fail.set(failing, "InsufficientCapacity");
    await next(apply);
    expect(planned()).toEqual(["house"]);
    await next(apply);
    expect(planned()).toEqual(["house"]);
    expect(world.printed.join("\n")).toContain(`cellar: skipped, unchanged since run ${journal(1)}`);
  });

  test("goes on after an interrupt, and after a run that was killed", async () => {
    world.before = (called) => {
      if (called === "house apply") world.interrupt();
    };
    expect(await next(apply)).toMatchObject({ exitCode: 7 });
    world.before = () => undefined;
    const killed = `.provision/dev/journal/${journal(2)}.jsonl`;
    const cut = (world.texts.get(killed) ?? "").split("\n").filter((line) => !line.includes('"ended"'));
    world.texts.set(killed, `${cut.join("\n")}\n{"cut o`);
    world.cloud.stored.delete(`dev-state/us-west-2/journal/${journal(2)}/dev`);
    expect(await next(apply)).toBe(0);
    expect(planned()).toEqual(["roof"]);
  });

  test("goes on for another operator, who has the journal in the bucket alone", async () => {
    for (const path of [...world.texts.keys()]) if (path.startsWith(".provision/")) world.texts.delete(path);
    expect(await next(apply)).toBe(0);
    expect(planned()).toEqual(["house", "roof"]);
  });

  test("asks for nothing but a list and the state of each layer that it skips", async () => {
    const send = world.aws.send.bind(world.aws);
    const keys: string[] = [];
    Object.assign(world.aws, {
      send: (...given: Parameters<typeof send>) => {
        const { Key, Prefix } = given[0].input as { readonly Key?: string; readonly Prefix?: string };
        const key = Key ?? Prefix ?? "";
        if (key.includes("/ground/")) keys.push(`${given[0].operation} ${key}`);
        return send(...given);
      },
    });
    await next(`${apply} --until ground`);
    const get = "GetObject us-west-2/ground/dev";
    // The first look is that of all layers together, whether their states are whole.
    expect(keys).toEqual([get, get, "ListObjectsV2 us-west-2/ground/dev.tflock"]);
  });
});

describe("planned all the same is", () => {
  test("every layer with --check, and one that is named", async () => {
    expect(await next(`${apply} --until ground --check`)).toBe(0);
    expect(planned()).toEqual(["cellar", "ground"]);
  });

  test.each([
    ["--only ground", ["ground"]],
    ["--from ground", ["ground", "house", "roof"]],
    ["--from cellar", ["cellar", "house", "roof"]],
  ])("a layer that is named: %s", async (selection, layers) => {
    expect(await next(`${apply} ${selection}`)).toBe(0);
    expect(planned()).toEqual(layers);
  });

  test.each<readonly [string, () => void]>([
    [
      "the settings are others",
      () =>
        world.texts.set("configs/dev.yaml", `${toyEnvironment}layers: { ground: { cidr: 10.1.0.0/16 } }\n`),
    ],
    [
      "the product is another",
      () =>
        Object.assign(world.product, {
          about: () => ({ name: "edge", version: "1.2.4", commit: undefined }),
        }),
    ],
    ["Terraform is another", () => (world.version = "1.12.0")],
    [
      "somebody has written the state",
      () => {
        change(state("ground"), (text) => text.replace('"serial":5', '"serial":6'));
      },
    ],
    [
      "the state is another",
      () => {
        change(state("ground"), (text) => text.replace('"lineage":"', '"lineage":"other '));
      },
    ],
    [
      "an object in it is tainted",
      () => {
        change(state("ground"), (text) => text.replace('"attributes"', '"status":"tainted","attributes"'));
      },
    ],
    ["the state is locked", () => world.cloud.stored.set(`${state("ground")}.tflock`, "{}")],
    [
      "the run is older than a day",
      () => Object.assign(world.clock, { now: () => new Date("2026-01-02T09:00:01Z") }),
    ],
    [
      "a hook of the layer is new",
      () => {
        const hook = '{ when: after, layer: ground, command: ["check"] }';
        world.texts.set("configs/dev.yaml", `${toyEnvironment}hooks: [${hook}]\n`);
        withHooks(() => 0);
      },
    ],
  ])("a layer, if %s", async (_, happen) => {
    happen();
    await next(`${apply} --until ground`);
    expect(planned()).toContain("ground");
  });

  test("nothing, if the state of a layer is gone: it is refused", async () => {
    world.cloud.stored.delete(state("ground"));
    expect(await next(`${apply} --until ground`)).toMatchObject({ exitCode: 8 });
    expect(planned()).toEqual([]);
  });

  test("a layer that reads an output which has changed since", async () => {
    world.faults.fail.set("aws_security_group.door", "InsufficientCapacity");
    await next(apply);
    world.faults.fail.clear();
    change(state("ground"), (text) => text.replace(/("vpcId":\{"value":")vpc-/, "$1vpc-other-"));
    await next(apply);
    expect(planned()).toEqual(["house", "roof"]);
  });

  test.each([
    ["a setting that is not in its JSON", { note: "second" }, {}],
    ["a secret", {}, { secretFiles: () => ({ token: "token" }) }],
  ])("a layer of which %s has changed", async (_, after, more) => {
    const settings = z.strictObject({ note: z.string().default("") });
    const build: typeof ground.build = (stack, given) =>
      ground.build(stack, { ...given, settings: { cidr: "10.0.0.0/16" } });
    const noted = { ...ground, settings, ...more, build };
    const layers = toys.map((layer) => (layer.name === "ground" ? noted : layer));
    const written = (given: object) =>
      world.texts.set("configs/dev.yaml", `${toyEnvironment}layers: { ground: ${JSON.stringify(given)} }\n`);
    world = new FakeWorld();
    world.texts.set("configs/token", "first");
    written({});
    world.faults.fail.set(failing, "InsufficientCapacity");
    await next(apply, layers);
    await next(apply, layers);
    expect(planned()).toEqual(["house"]);
    world.texts.set("configs/token", "second");
    written(after);
    await next(apply, layers);
    expect(planned()).toEqual(["ground", "house"]);
  });

  test("a layer whose plan was saved", async () => {
    change(state("ground"), (text) => text.replace("10.0.1.0/24", "10.0.7.0/24"));
    expect(await next("plan --env dev --until ground --save dev.plan")).toBe(0);
    expect(await next(`${apply} --plan dev.plan`)).toBe(0);
    expect(commands(world, "apply")).toEqual(["ground apply"]);
  });

  test("everything after a destroy that failed, but not after recover", async () => {
    expect(await next("recover --env dev")).toBe(0);
    await next(`${apply} --until ground`);
    expect(planned()).toEqual([]);
    world.faults.fail.set(failing, "InsufficientCapacity");
    await next(apply);
    world.faults.fail.set("aws_vpc.vpc", "DependencyMissing");
    expect(
      await next("destroy --env dev --only ground --yes --confirm dev --allow-data-loss ground"),
    ).toHaveProperty("exitCode");
    await next(`${apply} --until cellar`);
    expect(planned()).toEqual(["cellar"]);
  });

  test("everything after a run that was completed, or that destroyed something", async () => {
    expect(await next(apply)).toBe(0);
    expect(await next("destroy --env dev --only roof --yes --confirm dev")).toBe(0);
    world.faults.fail.set(failing, "InsufficientCapacity");
    await next(apply);
    expect(planned()).toEqual(["cellar", "ground", "house", "roof"]);
  });

  test("the layer of the state bucket, as long as it has a state on this machine", async () => {
    world.texts.set(".provision/dev/bootstrap/cellar.started.json", "{}");
    await next(`${apply} --until ground`);
    expect(planned()).toEqual(["cellar"]);
  });
});

function change(key: string, edit: (text: string) => string): void {
  const before = world.cloud.stored.get(key) ?? "";
  const after = edit(before);
  expect(after).not.toBe(before);
  world.cloud.stored.set(key, after);
}

/** Hooks end with these exit codes. */
function withHooks(exitCodeOf: (program: string) => number): void {
  const execute = world.processes.run.bind(world.processes);
  Object.assign(world.processes, {
    run: (command: Parameters<typeof execute>[0]) =>
      ["check", "begin"].includes(command.program)
        ? Promise.resolve({ exitCode: exitCodeOf(command.program), stdout: "", stderr: "", seconds: 0 })
        : execute(command),
  });
}

test("a layer is planned again if a script that its hook runs has changed", async () => {
  const hook = '{ when: after, layer: ground, command: ["check", "seed.sql"] }';
  world.texts.set("configs/dev.yaml", `${toyEnvironment}hooks: [${hook}]\n`);
  world.texts.set("configs/seed.sql", "select 1");
  withHooks(() => 0);
  world.faults.fail.set(failing, "InsufficientCapacity");
  await next(apply);
  await next(apply);
  expect(planned()).not.toContain("ground");
  world.texts.set("configs/seed.sql", "select 2");
  await next(apply);
  expect(planned()).toContain("ground");
});

test("a layer whose hook failed is planned, and its hook run, again", async () => {
  const hooks =
    'hooks: [{ when: after, layer: ground, command: ["check"] }, { when: before, command: ["begin"] }]\n';
  world = new FakeWorld();
  world.texts.set("configs/dev.yaml", `${toyEnvironment}${hooks}`);
  const calls: string[] = [];
  withHooks((program) => {
    calls.push(program);
    return program === "check" && calls.length < 3 ? 1 : 0;
  });
  world.faults.fail.set(failing, "InsufficientCapacity");
  expect(await next(apply)).toMatchObject({ exitCode: 1 });
  expect(calls).toEqual(["begin", "check"]);
  await next(apply);
  expect(planned()).toEqual(["ground", "house"]);
  await next(apply);
  expect(planned()).toEqual(["house"]);
  expect(calls).toEqual(["begin", "check", "begin", "check", "begin"]);
});

test("the journal has the layers that were finished, and those that were skipped", async () => {
  await next(apply);
  const lines = (byte: number) =>
    readLines(world.texts.get(`.provision/dev/journal/${journal(byte)}.jsonl`) ?? "");
  const finished = lines(1).filter(({ phase }) => phase === "finished");
  expect(finished.map(({ layer }) => layer)).toEqual(["cellar", "ground"]);
  expect(finished[1]).toMatchObject({
    inputs: expect.stringMatching(/^[0-9a-f]{64}$/),
    serials: { after: 5, lineage: expect.stringContaining("ground") },
  });
  expect(
    lines(2)
      .filter(({ phase }) => phase === "skipped")
      .map(({ layer }) => layer),
  ).toEqual(["cellar", "ground"]);
  await next("history --env dev");
  expect(world.printed.join("\n")).toContain("2 applied, 2 skipped");
});

test("databases of a layer that is skipped are left alone, and its outputs are known to those that follow", async () => {
  world.faults.fail.set("aws_security_group.door", "InsufficientCapacity");
  await next(apply);
  world.faults.fail.clear();
  expect(await next(apply, toys)).toBe(0);
  expect(planned()).toEqual(["roof"]);
  expect(world.ran).toEqual(["roof init", "roof plan", "roof show", "roof apply", "roof output"]);
});

test("a rehearsal goes on, too", async () => {
  world = rehearsing();
  const rehearse = "apply --env dev --rehearse";
  world.faults.fail.set(failing, "InsufficientCapacity");
  expect(await next(rehearse)).toMatchObject({ exitCode: 1 });
  world.faults.fail.clear();
  expect(await next(rehearse)).toBe(0);
  expect(planned()).toEqual(["house", "roof"]);
  expect(layerTable(world)).toMatchObject({ cellar: "skipped", ground: "skipped" });
});
