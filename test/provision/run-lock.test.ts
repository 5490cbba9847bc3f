import { expect, test } from "vitest";
import type { Request } from "../../scripts/provision/command-line/request";
import { readArguments } from "../../scripts/provision/command-line/parse";
import { commands } from "../../scripts/provision/commands/index";
import { lockFolder } from "../../scripts/provision/run/lock";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

const path = ".provision/dev/run.lock";
const holder = {
  pid: 99,
  host: "workstation",
  command: "apply --env dev",
  started: "2026-01-01T08:30:00.000Z",
};

/** A world in which another run has the lock of an environment. */
function locked(change: Partial<typeof holder> = {}, file = path): FakeWorld {
  const world = new FakeWorld();
  world.others.add(holder.pid);
  world.texts.set(file, JSON.stringify({ ...holder, ...change }));
  return world;
}

/** What `apply --env dev` asks for. */
function applying(): Request {
  const reading = readArguments(commands, ["apply", "--env", "dev"]);
  if ("text" in reading) throw new Error("a text was printed instead");
  return reading.request;
}

test("a run locks its environment while it works, and no longer", async () => {
  const world = new FakeWorld();
  const during: (string | undefined)[] = [];
  world.before = () => during.push(world.texts.get(path));
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(new Set(during)).toEqual(
    new Set([
      '{"pid":4711,"host":"workstation","command":"apply --env dev --yes","started":"2026-01-01T09:00:00.000Z"}\n',
    ]),
  );
  expect(world.texts.has(path)).toBe(false);
});

test.each([
  [
    "fails",
    (world: FakeWorld) => void world.faults.fail.set("aws_vpc.vpc", "VpcLimitExceeded"),
    "--env dev --yes",
  ],
  ["is declined", (world: FakeWorld) => void world.answering("no"), "--env dev"],
  ["is interrupted", (world: FakeWorld) => void world.answering(undefined), "--env dev"],
  ["has no Terraform", (world: FakeWorld) => void (world.version = ""), "--env dev"],
])("a run that %s leaves no lock", async (_, prepare, commandLine) => {
  const world = new FakeWorld();
  prepare(world);
  expect(await run(world, commandLine)).not.toBe(0);
  expect(world.texts.has(path)).toBe(false);
});

test.each(["apply --env dev --yes", "plan --env dev", "destroy --env dev", "outputs --env dev"])(
  "%s is refused while another run works, and touches nothing",
  async (commandLine) => {
    const world = locked();
    const before = new Map(world.texts);
    expect(await run(world, commandLine)).toMatchObject({
      message: `Cannot run ${commandLine.replace(/ .*/, "")} for "dev": process 99 on "workstation" has run "apply --env dev" since 2026-01-01 08:30 UTC`,
      hint: `Wait until that run ends; if process 99 is another program, run: rm ${path}`,
      exitCode: 5,
    });
    expect(world.texts).toEqual(before);
    expect(world.printed).toEqual([]);
  },
);

test("whether a run on another machine still works is the operator's to say", async () => {
  const world = locked({ host: "build-7" });
  world.others.clear();
  expect(await run(world, "plan --env dev")).toMatchObject({
    message:
      'Cannot run plan for "dev": process 99 on "build-7" has run "apply --env dev" since 2026-01-01 08:30 UTC',
    hint: `Wait until that run ends; if process 99 no longer runs on build-7, run: rm ${path}`,
  });
});

test.each([
  ["has ended", holder.pid],
  // As the first process of a container that was started again.
  ["had the number that this run has", 4711],
])("the lock of a process that %s is taken over", async (_, pid) => {
  const world = locked({ pid });
  world.others.clear();
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(world.printed).toContain(`  Took over the lock of process ${pid}, which ended without releasing it`);
  expect(world.texts.has(path)).toBe(false);
});

test("of two runs that find an abandoned lock, one takes it over, and the other one is refused", () => {
  const world = locked();
  world.others.clear();
  const quicker = Object.assign(Object.create(world) as FakeWorld, {
    self: { pid: 4712, host: "workstation", user: "anna" },
  });
  const at = { folder: ".provision/dev", environment: "dev", request: applying() };
  const create = world.files.create.bind(world.files);
  // The other run does it all between two system calls of this one.
  Object.assign(world.files, {
    create: (file: string, text: string) => {
      if (file.endsWith(".takeover") && text.includes("4711")) {
        Object.assign(world.files, { create });
        world.others.add(4712);
        lockFolder(quicker, at);
      }
      return create(file, text);
    },
  });
  expect(() => lockFolder(world, at)).toThrow('process 4712 on "workstation" has run "apply --env dev"');
  expect(world.texts.get(path)).toContain('"pid":4712');
  expect([...world.texts.keys()].filter((file) => file.endsWith(".takeover"))).toEqual([]);
});

test("a take-over that was killed halfway does not block later runs", async () => {
  const world = locked();
  world.others.clear();
  world.texts.set(`${path}.takeover`, JSON.stringify({ ...holder, pid: 98 }));
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect([...world.texts.keys()].filter((file) => file.includes("run.lock"))).toEqual([]);
});

test("a take-over by another run that is done meanwhile is tried again", async () => {
  const world = locked();
  world.others.clear();
  const create = world.files.create.bind(world.files);
  let refusals = 1;
  Object.assign(world.files, {
    create: (file: string, text: string) =>
      file.endsWith(".takeover") && refusals-- > 0 ? false : create(file, text),
  });
  expect(await run(world, "plan --env dev")).toBe(0);
  expect(refusals).toBe(-1);
});

test("a take-over whose file cannot be read is named, and nothing is removed", async () => {
  const world = locked();
  world.others.clear();
  world.texts.set(`${path}.takeover`, "oops");
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: `Cannot run plan for "dev": its lock file "${path}.takeover" cannot be read`,
    hint: `If no other run of "dev" is in progress, run: rm ${path}.takeover`,
    exitCode: 5,
  });
  expect(world.texts.has(path)).toBe(true);
  world.texts.delete(`${path}.takeover`);
  expect(await run(world, "plan --env dev")).toBe(0);
});

test("a lock file that is none is kept", async () => {
  const world = new FakeWorld();
  world.texts.set(path, "oops");
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: `Cannot run plan for "dev": its lock file "${path}" cannot be read`,
    hint: `If no other run of "dev" is in progress, run: rm ${path}`,
    exitCode: 5,
  });
});

test("two files of one environment name share the lock, rehearsals have one of their own", async () => {
  const world = locked({}, ".provision/rehearsal/dev/run.lock");
  world.texts.set("team/dev.yaml", world.texts.get("configs/dev.yaml") ?? "");
  expect(await run(world, "plan --env team/dev.yaml --rehearse")).toMatchObject({
    message: expect.stringContaining('for "dev": process 99') as unknown,
    hint: expect.stringContaining("rm .provision/rehearsal/dev/run.lock") as unknown,
  });
  expect(await run(world, "plan --env dev")).toBe(0);
});

test("what runs no Terraform is not refused, and leaves what a run works with as it is", async () => {
  const world = locked();
  world.texts.set("cdktf.out/dev/stacks/cellar/backend_override.tf.json", "{}");
  world.texts.set("cdktf.out/dev/stacks/cellar/cdk.tf.json", "{}");
  const before = new Map(world.texts);
  for (const command of ["policy", "capacity", "iam"])
    expect(typeof (await run(world, `${command} --env dev`)), command).toBe("number");
  expect(world.texts).toEqual(before);
});

test("what only reads, run while an apply is at its question in the same folder, leaves what that works with as it is", async () => {
  const world = new FakeWorld().answering("yes", "no");
  const ask = world.terminal.ask.bind(world.terminal);
  const commands = [
    "policy",
    "capacity",
    "iam",
    "status",
    "validate",
    "environments",
    "export --out exported",
  ];
  const ofRun = () =>
    [...world.texts].filter(([path]) => /^(cdktf\.out|\.provision)\//.test(path) && !path.endsWith(".log"));
  const seen: string[] = [];
  Object.assign(world.terminal, {
    ask: async (question: string) => {
      const before = ofRun();
      if (question.includes("cellar")) {
        // The state of the bucket's layer is local until the bucket exists.
        expect(world.texts.has("cdktf.out/dev/stacks/cellar/backend_override.tf.json")).toBe(true);
        expect(world.texts.has("cdktf.out/dev/stacks/cellar/layer.tfplan")).toBe(true);
        for (const command of commands) {
          const env = command === "environments" ? "" : " --env dev";
          expect(typeof (await run(world, `${command}${env}`)), command).toBe("number");
          expect(ofRun(), command).toEqual(before);
          seen.push(command);
        }
        const { self } = world;
        world.others.add(self.pid);
        world.self = { ...self, pid: 4712 };
        expect(await run(world, "plan --env dev"), "another plan").toMatchObject({ exitCode: 5 });
        expect(ofRun()).toEqual(before);
        world.self = self;
      }
      return ask(question);
    },
  });
  expect(await run(world, "apply --env dev")).toMatchObject({ message: 'Cannot apply "ground": declined' });
  expect(seen).toEqual(commands);
  expect(world.cloud.has("aws_s3_bucket", "dev-state")).toBe(true);
});

test("what runs no Terraform writes nothing in the current folder", async () => {
  const world = new FakeWorld();
  const written: string[] = [];
  const write = world.files.write.bind(world.files);
  Object.assign(world.files, {
    write: (path: string, text: string) => {
      written.push(path);
      write(path, text);
    },
  });
  for (const command of ["policy", "capacity", "iam", "status"]) {
    await run(world, `${command} --env dev`);
    expect(written.length, command).toBeGreaterThan(0);
    expect(written.filter((path) => !path.startsWith(world.files.temporary()))).toEqual([]);
    written.length = 0;
  }
  expect([...world.texts.keys()]).toEqual(["configs/dev.yaml"]);
});

test("a hook may call commands that need the lock of its run, which keeps it", async () => {
  const world = locked();
  world.environment = { ...world.environment, PROVISION_LOCK: "workstation:99:2026-01-01T08:30:00.000Z" };
  expect(await run(world, "outputs --env dev --json")).toBe(0);
  expect(world.texts.has(path)).toBe(true);
});
