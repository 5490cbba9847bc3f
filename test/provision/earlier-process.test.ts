import { expect, test } from "vitest";
import { FakeWorld } from "./fake-world";
import { commands, run } from "./runs";

const folder = "cdktf.out/dev/stacks/ground";
const record = `${folder}/running.json`;
const waits =
  'Terraform of a run that was killed is still at work: process 99, "apply -json -input=false layer.tfplan", since 2026-01-01 08:30 UTC; this run waits for its end';

const said = [
  {
    "@message": "aws_vpc.vpc: Modifications complete after 1s [id=vpc-1]",
    ...hook("apply_complete", "aws_vpc.vpc"),
  },
  { "@message": "aws_subnet.a: Modifying...", ...hook("apply_start", "aws_subnet.a") },
];

function hook(type: string, addr: string, action = "update") {
  const [resource_type] = addr.split(".");
  return { type, hook: { resource: { addr, resource_type }, action } };
}

/** A world in which a run was killed while its Terraform applied "ground". */
function afterKill(holder: object = {}): FakeWorld {
  const world = new FakeWorld();
  const started = "2026-01-01T08:30:00.000Z";
  const apply = "apply -json -input=false layer.tfplan";
  world.files.write(
    record,
    JSON.stringify({ pid: 99, host: "workstation", command: apply, started, ...holder }),
  );
  world.files.write(`${folder}/running.stdout`, said.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return world;
}

/** Lets the clock's seconds pass at once, and calls back after each. */
function ticking(world: FakeWorld, onSecond: (second: number) => void): void {
  let second = 0;
  world.clock.every = (seconds, act) => {
    // What waits looks once a second; the lock of the environment is renewed less often.
    if (seconds > 1) return () => undefined;
    let over = false;
    const next = () => {
      if (over) return;
      onSecond((second += 1));
      act();
      setImmediate(next);
    };
    setImmediate(next);
    return () => {
      over = true;
    };
  };
}

test("a run waits for the Terraform of one that was killed, and says what that did", async () => {
  const world = afterKill();
  world.others.add(99);
  world.arguments.set(99, "terraform apply -json -input=false layer.tfplan");
  ticking(world, (second) => {
    expect(commands(world, "apply")).toEqual(["cellar apply"]);
    if (second === 3) world.others.delete(99);
  });
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(world.printed).toContain(`  ${waits}`);
  expect(world.printed).toContain("  Terraform of a run that was killed has ended after 1 completed change");
  const log = world.files.list(".provision/logs/dev").find((path) => path.endsWith("ground.log")) ?? "";
  expect(world.files.read(`.provision/logs/dev/${log}`)).toContain(
    "Modifications complete after 1s [id=vpc-1]",
  );
  expect(world.files.list(folder).filter((path) => path.startsWith("running"))).toEqual([]);
});

test.each([
  [
    "destroy --yes --confirm dev --allow-data-loss cellar --allow-data-loss house --allow-data-loss ground",
    folder,
  ],
  ["apply --yes", ".provision/dev/unprotected/stacks/ground"],
])("%s waits for the Terraform that a killed run has left in %s", async (command, left) => {
  const world = new FakeWorld();
  expect(await run(world, "--env dev --yes")).toBe(0);
  const apply = "apply -json -input=false layer.tfplan";
  const holder = { pid: 99, host: "workstation", command: apply, started: "2026-01-01T08:30:00.000Z" };
  world.files.write(`${left}/running.json`, JSON.stringify(holder));
  world.files.write(`${left}/running.stdout`, "");
  world.others.add(99);
  world.arguments.set(99, `terraform ${apply}`);
  // It has the lock of the state as long as it is at work.
  world.faults.locked.add("ground");
  ticking(world, (second) => {
    if (second !== 3) return;
    world.others.delete(99);
    world.faults.locked.delete("ground");
  });
  expect(await run(world, `${command} --env dev`)).toBe(0);
  expect(world.printed).toContain(`  ${waits}`);
});

test("Ctrl-C ends the wait, and leaves that Terraform and what it prints", async () => {
  const world = afterKill();
  world.others.add(99);
  world.arguments.set(99, "terraform apply -json -input=false layer.tfplan");
  ticking(world, () => {
    world.interrupt();
  });
  expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 7 });
  expect(world.signals).toEqual([]);
  expect(world.files.read(record)).toBeDefined();
});

test.each([
  ["has ended", () => afterKill()],
  ["is another program now", () => numbered(afterKill(), "vim notes.txt")],
  ["has a record that is none", () => numbered(afterKill({ pid: 0 }))],
  ["has a record of no command", () => numbered(afterKill({ command: "" }))],
])("nothing is waited for when the process %s", async (_, world) => {
  const found = world();
  expect(await run(found, "--env dev --yes")).toBe(0);
  expect(found.printed).not.toContain(`  ${waits}`);
  expect(found.printed).toContain("  Terraform of a run that was killed has ended after 1 completed change");
});

test("a process on another host, or in another container, is not waited for, nor said to have ended", async () => {
  const world = numbered(afterKill({ host: "elsewhere" }));
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(world.printed).not.toContain(`  ${waits}`);
  expect(world.printed).toContain(
    '  Terraform of a run on "elsewhere" has printed 1 completed change; whether it has ended is not known here',
  );
});

test.each([
  ["/proc", "terraform\0apply\0-json\0-input=false\0layer.tfplan\0", "vim notes.txt"],
  ["ps, where there is no /proc", undefined, "terraform apply -json -input=false layer.tfplan"],
  ["neither, as in a container with BusyBox, so that it counts as the same", undefined, undefined],
])("the program of a process is told by %s", async (_, inProc, inPs) => {
  const world = afterKill();
  world.others.add(99);
  if (inProc !== undefined) world.files.write("/proc/99/cmdline", inProc);
  if (inPs !== undefined) world.arguments.set(99, inPs);
  ticking(world, (second) => {
    if (second === 2) world.others.delete(99);
  });
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(world.printed).toContain(`  ${waits}`);
});

test("another program is told by /proc without ps", async () => {
  const world = afterKill();
  world.others.add(99);
  world.files.write("/proc/99/cmdline", "vim\0notes.txt\0");
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(world.printed).not.toContain(`  ${waits}`);
});

function numbered(world: FakeWorld, line = "terraform apply -json -input=false layer.tfplan"): FakeWorld {
  world.others.add(99);
  world.arguments.set(99, line);
  return world;
}

test("what it failed with is said", async () => {
  const world = afterKill();
  const diagnostic = {
    severity: "error",
    summary: "creating EC2 Subnet: InvalidSubnet.Conflict",
    detail: "",
  };
  const line = JSON.stringify({ "@message": "Error", type: "diagnostic", diagnostic });
  world.files.write(`${folder}/running.stdout`, `not JSON\n${line}\n`);
  await run(world, "--env dev --yes");
  expect(world.printed).toContain(
    "  Terraform of a run that was killed has ended after 0 completed changes, and failed: creating EC2 Subnet: InvalidSubnet.Conflict",
  );
});

test("what it was creating is looked for before anything is created", async () => {
  const world = afterKill();
  const began = hook("apply_start", "aws_vpc.vpc", "create");
  world.files.write(`${folder}/running.stdout`, `${JSON.stringify(began)}\n`);
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message:
      'Cannot apply "ground": an earlier run was cut off while it created objects, and no state has aws_vpc.vpc',
    hint: "To find and import those that exist, run: npx ts-node scripts/provision.ts recover --env dev --only ground",
    exitCode: 8,
  });
});

test("Terraform's commands outlive a run, but what is not logged goes to no file", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes");
  const kept = world.commands.map(({ arguments: [first = "", second = ""], outlives }) => [
    first === "state" ? `state ${second}` : first,
    outlives !== undefined,
  ]);
  expect(Object.fromEntries(kept)).toEqual({
    ...{ init: true, plan: true, apply: true, "state push": true },
    ...{ show: false, output: false, "state pull": false },
  });
  expect(world.files.list("cdktf.out").filter((path) => path.includes("running"))).toEqual([]);
});
