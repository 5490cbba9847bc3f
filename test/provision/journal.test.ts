import { describe, expect, test } from "vitest";
import type { AwsCall } from "../../lib/layer/aws-call";
import type { IamPolicy } from "../../policy/deployer/statements";
import { readLines } from "../../scripts/provision/run/journal/line";
import type { AwsRequest, Command } from "../../scripts/provision/world/index";
import { deniedCalls } from "../policy/rights/denied-calls";
import { loadReference } from "../policy/rights/reference";
import { awsError } from "./aws-error";
import { FakeWorld } from "./fake-world";
import { rehearsing } from "./rehearsing";
import { run } from "./runs";
import { cellar, ground } from "./toys";
import { waiting } from "./waiting";

const name = "20260101T090000Z-07070707";
const file = `.provision/dev/journal/${name}.jsonl`;
const object = `dev-state/us-west-2/journal/${name}/dev`;
const commit = "0123456789abcdef0123456789abcdef01234567";

/** The lines of the run's journal on this machine. */
function linesOf(world: FakeWorld, path = file) {
  return readLines(world.texts.get(path) ?? "");
}

/** `layer phase` of each line, in order. */
function phases(world: FakeWorld, path = file): readonly string[] {
  return linesOf(world, path).map(({ layer = "", phase }) => `${layer} ${phase}`.trim());
}

/** A world whose next runs have names of their own. */
function named(world: FakeWorld, byte: number): FakeWorld {
  return Object.assign(world, { randomBytes: (count: number) => Buffer.alloc(count, byte) });
}

/** Lets a run on another machine hold the environment's lock. */
function lockedElsewhere(world: FakeWorld): void {
  const holder = { kind: "held", holder: "other", run: name, user: "bert", host: "build-7", pid: 99 };
  const since = "2026-01-01T09:00:00.000Z";
  const lock = { ...holder, command: "apply --env dev", since, beat: 12 };
  world.cloud.stored.set("dev-state/us-west-2/environment.lock/dev.tflock", JSON.stringify(lock));
  world.lockAge = 12;
}

/** A world in which S3 refuses an operation. */
function refusing(world: FakeWorld, operation: string): FakeWorld {
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (call: AwsCall, request: AwsRequest) =>
      call.operation === operation && JSON.stringify(call.input).includes("/journal/")
        ? Promise.reject(awsError("AccessDenied", "not authorized"))
        : send(call, request),
  });
  return world;
}

/** What is printed from now on. */
async function printed(world: FakeWorld, commandLine: string): Promise<string> {
  const before = world.printed.length;
  expect(await run(world, commandLine)).toBe(0);
  return world.printed.slice(before).join("\n");
}

describe("the journal of a run", () => {
  test("has a line for each transition, with who runs what on each of them", async () => {
    const world = new FakeWorld();
    world.commit = commit;
    expect(await run(world, "--env dev --yes --only cellar")).toBe(0);
    expect(phases(world)).toEqual([
      "started",
      "cellar started",
      "cellar planned",
      "cellar approved",
      "cellar applying",
      "cellar applying",
      "cellar applied",
      "cellar finished",
      "ended",
    ]);
    const identity = {
      ...{ run: name, time: "2026-01-01T09:00:00.000Z", user: "anna", host: "workstation", pid: 4711 },
      ...{ caller: "arn:aws:iam::123456789012:user/op", command: "apply --env dev --only cellar --yes" },
      commit,
    };
    for (const line of linesOf(world)) expect(line).toMatchObject(identity);
    const [approved, applying, pushing, applied, ended] = linesOf(world)
      .slice(-6)
      .filter(({ phase }) => phase !== "finished");
    expect(approved).toMatchObject({ approval: "--yes", digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect([applying?.terraform, pushing?.terraform]).toEqual(["apply", "state push"]);
    expect(applied).toMatchObject({ counts: { added: 3, changed: 0, destroyed: 0 }, serials: { after: 4 } });
    expect(ended).toMatchObject({ exitCode: 0 });
  });

  test("is the same beside the states", async () => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes");
    expect(world.cloud.stored.get(object)).toBe(world.texts.get(file));
    expect(linesOf(world).length).toBeGreaterThan(15);
  });

  test("says how a run was approved, and where it failed", async () => {
    const world = new FakeWorld().answering("yes", "all");
    world.faults.fail.set("aws_rds_cluster.database", "InsufficientCapacity");
    expect(await run(world, "--env dev")).toMatchObject({ exitCode: 1 });
    const approvals = linesOf(world).flatMap(({ layer, approval }) =>
      approval ? [`${layer} ${approval}`] : [],
    );
    expect(approvals).toEqual(["cellar answer", "ground answer", "house all"]);
    expect(phases(world).slice(-3)).toEqual(["house failed", "roof not run", "ended"]);
    expect(linesOf(world).at(-1)).toMatchObject({ exitCode: 1 });
    expect(world.cloud.stored.get(object)).toBe(world.texts.get(file));
  });

  test("has the serials of a state before and after", async () => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes");
    await run(named(world, 8), "--env dev --yes");
    await run(named(world, 9), "destroy --env dev --only roof --yes --confirm dev");
    const ended = [7, 8, 9].map((byte) =>
      linesOf(world, `.provision/dev/journal/20260101T090000Z-${`0${byte}`.repeat(4)}.jsonl`).findLast(
        ({ layer, phase }) => layer === "roof" && phase !== "finished",
      ),
    );
    expect(ended.map((line) => [line?.phase, { ...line?.serials, lineage: undefined }])).toEqual([
      ["applied", { after: 2 }],
      ["unchanged", { before: 2, after: 2 }],
      ["destroyed", { before: 2, after: 4 }],
    ]);
  });

  test("is not kept of a run that changes nothing", async () => {
    const world = new FakeWorld();
    await run(world, "plan --env dev");
    expect(world.texts.has(file)).toBe(false);
  });

  test("is written at each transition, so that a killed run has said where it was", async () => {
    const world = new FakeWorld();
    let during: readonly string[] = [];
    world.before = (called) => {
      if (called === "ground apply") during = phases(world);
    };
    await run(world, "--env dev --yes");
    expect(during.at(-1)).toBe("ground applying");
  });

  test("is on the disk before what it announces happens, also when the machine loses its power", async () => {
    const world = new FakeWorld();
    const kinds = new Set<unknown>();
    const append = world.files.append.bind(world.files);
    Object.assign(world.files, {
      append: (...given: Parameters<typeof append>) => {
        if (given[0] === file) kinds.add(given[2]);
        append(...given);
      },
    });
    expect(await run(world, "--env dev --yes --only cellar")).toBe(0);
    expect([...kinds]).toEqual(["flushed"]);
  });

  test("that cannot be copied to the bucket costs one warning", async () => {
    const world = refusing(new FakeWorld(), "PutObject");
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(world.printed.filter((line) => line.includes("journal"))).toEqual([
      '  Cannot copy the journal to the state bucket: AWS says "AccessDenied: not authorized"; it is on this machine alone',
    ]);
    expect(phases(world).at(-1)).toBe("ended");
  });

  test.each([
    ["for a moment", 1, true],
    ["for longer", Infinity, false],
  ])("that S3 does not take %s at the end is copied later, or missed", async (_, count, isWhole) => {
    const { world } = waiting();
    const send = world.aws.send.bind(world.aws);
    let refusals = count;
    Object.assign(world.aws, {
      send: (call: AwsCall, request: AwsRequest) => {
        const { Key = "", Body = "" } = call.input as {
          readonly Key?: string;
          readonly Body?: Uint8Array | string;
        };
        const isEnd = Key.includes("/journal/") && Buffer.from(Body).includes('"phase":"ended"');
        return isEnd && refusals-- > 0
          ? Promise.reject(awsError("SlowDown", "no", 503))
          : send(call, request);
      },
    });
    expect(await run(world, "--env dev --yes --only cellar")).toBe(0);
    const [, copy = ""] = [...world.cloud.stored].find(([key]) => key.includes("/journal/")) ?? [];
    expect(copy.includes('"phase":"ended"')).toBe(isWhole);
    expect(world.printed.join("\n").includes("other machines may take the run for cut off")).toBe(!isWhole);
  });

  test("is asked for patiently before something is created, and copied again while that goes on", async () => {
    const world = new FakeWorld();
    expect(await run(world, "--env dev --yes --only cellar")).toBe(0);
    const send = world.aws.send.bind(world.aws);
    const refused: string[] = [];
    Object.assign(world.aws, {
      send: (call: AwsCall, request: AwsRequest) => {
        const { Body = "" } = call.input as { readonly Body?: Uint8Array | string };
        const begins = Buffer.from(Body).includes('"applying","layer":"ground"');
        if (call.operation !== "PutObject" || !begins || refused.length === 2) return send(call, request);
        refused.push(request.patience);
        return Promise.reject(awsError("SlowDown", "no", 503));
      },
    });
    // Terraform prints each line a while after the one before.
    const runCommand = world.processes.run.bind(world.processes);
    const copies: string[] = [];
    const slowly = async (command: Command) => {
      const lines: string[] = [];
      const finished = await runCommand({ ...command, onLine: (line) => lines.push(line) });
      for (const line of lines) {
        command.onLine?.(line);
        await new Promise(setImmediate);
        copies.push(world.cloud.stored.get(object.replaceAll("07", "08")) ?? "");
      }
      return finished;
    };
    Object.assign(world.processes, { run: slowly });
    expect(await run(named(world, 8), "--env dev --yes --only ground")).toBe(0);
    expect(refused).toEqual(["work", "question"]);
    expect(readLines(copies.at(-1) ?? "").at(-1)).toMatchObject({ layer: "ground", phase: "applying" });
  });

  test("that cannot be kept on this machine is in the bucket all the same", async () => {
    const world = new FakeWorld();
    Object.assign(world.files, {
      append: () => {
        throw new Error("EROFS: read-only file system");
      },
    });
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(readLines(world.cloud.stored.get(object) ?? "").at(-1)).toMatchObject({ phase: "ended" });
    expect(
      world.printed.filter((line) =>
        line.includes("EROFS: read-only file system; the run goes on, but its logs, journal"),
      ),
    ).toHaveLength(1);
  });

  test("of a rehearsal is among its own files, and nowhere else", async () => {
    const world = rehearsing();
    expect(await run(world, "apply --env dev --rehearse")).toBe(0);
    expect(phases(world, `.provision/rehearsal/dev/journal/${name}.jsonl`).at(-1)).toBe("ended");
    expect(world.texts.has(file)).toBe(false);
    expect([...world.cloud.stored.keys()].filter((key) => key.includes("/journal/"))).toEqual([]);
    expect(await printed(world, "history --env dev --rehearse")).toContain("4 applied");
    expect(await printed(world, "history --env dev")).toContain("No run of dev is known");
  });

  test("is written with no other rights than those for states", async () => {
    const world = new FakeWorld();
    const calls: AwsCall[] = [];
    const send = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: (call: AwsCall, request: AwsRequest) => {
        if (call.service === "s3") calls.push(call);
        return send(call, request);
      },
    });
    await run(world, "--env dev --yes");
    const written = calls.filter(({ operation }) => operation === "PutObject");
    expect(written.length).toBeGreaterThan(3);
    const recorded = calls.map(({ operation, input }) => ({
      ...{ service: "s3", operation, region: "us-west-2", params: input as Record<string, unknown> },
      ...{ status: 200, layer: "", phase: "apply" as const },
    }));
    const before = world.printed.length;
    await run(world, "iam --env dev", [cellar, ground]);
    const policies = JSON.parse(world.printed.slice(before).join("")) as readonly IamPolicy[];
    const reference = await loadReference(["s3:any", "kms:any"]);
    const context = { partition: "aws", account: "123456789012" } as const;
    expect(deniedCalls(recorded, { policies, reference, context })).toEqual([]);
  });

  test("does not keep the state bucket from being destroyed", async () => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes");
    const all = "--yes --confirm dev --allow-data-loss cellar --allow-data-loss house";
    expect(await run(named(world, 8), `destroy --env dev ${all}`)).toBe(0);
    expect(world.printed.filter((line) => line.includes("Cannot copy"))).toEqual([]);
    expect(phases(world, file.replaceAll("07", "08")).slice(-2)).toEqual(["cellar destroyed", "ended"]);
  });
});

describe("provision history", () => {
  test("lists the newest runs first, with who, what and how they ended", async () => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes");
    world.faults.fail.set("aws_vpc.vpc", "VpcLimitExceeded");
    await run(named(world, 9), "destroy --env dev --only roof --yes --confirm dev");
    const lines = (await printed(world, "history --env dev")).split("\n");
    const rows = lines.filter((line) => line.startsWith("│"));
    expect(rows[0]).toMatch(/run .* began .* who .* command .* layers .* outcome/);
    expect(rows[1]).toMatch(/09090909 │ .* anna@workstation │ destroy --env dev .* │ 1 destroyed +│ done/);
    expect(rows[2]).toMatch(/2026-01-01 09:00 UTC │ .* │ apply --env dev --yes +│ 4 applied +│ done/);
  });

  test("shows each transition of one run", async () => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes");
    const text = await printed(world, `history ${name} --env dev`);
    expect(text).toContain("by anna on workstation (process 4711), as arn:aws:iam::123456789012:user/op");
    expect(text).toMatch(/ground │ approved │ by --yes/);
    expect(text).toMatch(/ground │ applied +│ 4 added, 0 changed, 0 destroyed; serial none -> 5/);
  });

  test("has the runs of other machines from the bucket", async () => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes");
    world.texts.delete(file);
    const { runs } = JSON.parse(await printed(world, "history --env dev --json")) as {
      runs: { run: string }[];
    };
    expect(runs.map((each) => each.run)).toEqual([name]);
  });

  test("has those of this machine where the bucket cannot be read, and says so", async () => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes");
    refusing(world, "ListObjectsV2");
    expect(await printed(world, "history --env dev")).toMatch(
      /4 applied[\s\S]*The state bucket "dev-state" cannot be read, AWS says "AccessDenied: not authorized": these are the runs on this machine alone/,
    );
  });

  test("says where a run was that never ended, and leaves out what is no line", async () => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes");
    const [first = ""] = (world.texts.get(file) ?? "").split("\n").filter((line) => line.includes('"house"'));
    world.texts.set(file, `oops\n${first}\n{"run":"cut o`);
    world.cloud.stored.delete(object);
    expect(await printed(world, "history --env dev")).toContain("not ended at house");
  });

  test.each<{ what: string; outcome: string; hold: (world: FakeWorld) => void }>([
    {
      what: "has the lock of the folder",
      outcome: "at work at house",
      hold: (world) => {
        world.others.add(99);
        const holder = {
          pid: 99,
          host: "workstation",
          command: "apply",
          started: "2026-01-01T09:00:00.000Z",
        };
        world.texts.set(".provision/dev/run.lock", JSON.stringify(holder));
      },
    },
    { what: "has the lock of the environment", outcome: "at work at house", hold: lockedElsewhere },
    {
      what: "has not renewed it",
      outcome: "not ended at house",
      hold: (world) => {
        lockedElsewhere(world);
        world.lockAge = 91;
      },
    },
  ])("says whether a run that $what is at work", async ({ outcome, hold }) => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes");
    const [first = ""] = (world.texts.get(file) ?? "").split("\n").filter((line) => line.includes('"house"'));
    const elsewhere = outcome.startsWith("not") || hold === lockedElsewhere;
    const by = { pid: 99, host: elsewhere ? "build-7" : "workstation" };
    world.texts.set(file, `${JSON.stringify({ ...JSON.parse(first), ...by })}\n`);
    world.cloud.stored.delete(object);
    hold(world);
    expect(await printed(world, "history --env dev")).toContain(outcome);
  });

  test("names no run that is unknown", async () => {
    expect(await run(new FakeWorld(), "history other --env dev")).toMatchObject({
      message: 'Cannot print the history of "other": no such run is known',
      exitCode: 1,
    });
  });
});

test("status says who last applied a layer, by which commit", async () => {
  const world = new FakeWorld();
  world.commit = `${commit}-dirty`;
  await run(world, "--env dev --yes");
  world.commit = commit.replace("0", "f");
  await run(named(world, 8), "--env dev --yes");
  expect(await printed(world, "status --env dev")).toMatch(/ground .*anna@workstation, 01234567-dirty/);
});
