import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { reportEarlyInterrupt } from "../../scripts/provision/world/early-interrupt";
import { FakeWorld } from "./fake-world";
import { commands, run, table } from "./runs";

const goOn = "Go on with: npx ts-node scripts/provision.ts --env dev --from house --yes";

/** A world where the operator presses Ctrl-C that often while a command runs. */
function interruptedAt(command: string, times: number): FakeWorld {
  const world = new FakeWorld();
  world.before = (called) => {
    if (called === command) for (let count = 0; count < times; count += 1) world.interrupt();
  };
  return world;
}

test("after Ctrl-C, the running apply finishes, its outputs are read, and nothing else is started", async () => {
  const world = interruptedAt("ground apply", 1);
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: 'Cannot finish "house": you interrupted the run',
    hint: goOn,
    exitCode: 7,
  });
  expect(world.printed).toContain(
    "Interrupted: the run ends after the current Terraform command; a second Ctrl-C interrupts Terraform, and the next apply replaces what AWS does not call healthy by then",
  );
  expect(world.signals).toEqual([]);
  expect(world.ran.at(-1)).toBe("ground output");
  expect(table(world)).toEqual({
    cellar: "applied",
    ground: "applied",
    house: "not run because you interrupted the run",
    roof: "not run because you interrupted the run",
  });
});

test("Ctrl-C during a plan applies nothing of it", async () => {
  const world = interruptedAt("house plan", 1);
  expect(await run(world, "--env dev --yes")).toMatchObject({ hint: goOn, exitCode: 7 });
  expect(commands(world, "apply")).toEqual(["cellar apply", "ground apply"]);
  expect(table(world)["house"]).toBe("interrupted");
});

test("the second Ctrl-C is forwarded once, the third kills", async () => {
  const twice = interruptedAt("ground apply", 2);
  await run(twice, "--env dev --yes");
  expect(twice.signals).toEqual(["SIGINT"]);
  const thrice = interruptedAt("ground apply", 4);
  await run(thrice, "--env dev --yes");
  expect(thrice.signals).toEqual(["SIGINT", "SIGKILL"]);
});

test("Terraform's error after an interrupt is not reported as a separate failure", async () => {
  const world = interruptedAt("ground apply", 2);
  world.faults.fail.set("aws_vpc.vpc", "operation canceled");
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: 'Cannot finish "ground": you interrupted the run',
    exitCode: 7,
  });
});

test("a command that fails by itself while draining is reported as failed", async () => {
  const world = interruptedAt("ground apply", 1);
  world.faults.fail.set("aws_vpc.vpc", "VpcLimitExceeded");
  expect(await run(world, "--env dev --yes")).toMatchObject({
    output: "Error: VpcLimitExceeded",
    exitCode: 1,
  });
});

test("Ctrl-C at a question ends the run", async () => {
  const world = new FakeWorld().answering("yes", undefined);
  expect(await run(world, "--env dev")).toMatchObject({
    message: 'Cannot finish "ground": you interrupted the run',
    exitCode: 7,
  });
  expect(commands(world, "apply")).toEqual(["cellar apply"]);
});

test("an interrupted run can be continued, with the same result", async () => {
  const world = interruptedAt("ground apply", 1);
  await run(world, "--env dev --yes");
  world.before = () => undefined;
  expect(await run(world, "--env dev --from house --yes")).toBe(0);
  expect(await run(world, "plan --env dev --detailed-exitcode")).toBe(0);
});

test("nothing listens for signals after a run", async () => {
  const world = new FakeWorld();
  await run(world, "plan --env dev");
  expect(world.interruptListeners).toBe(0);
});

test("an interrupt before a run listens ends with a sentence, and none once it does", () => {
  const printed: string[] = [];
  const codes: number[] = [];
  const process = Object.assign(new EventEmitter(), { exit: (code: number) => codes.push(code) });
  const begun = reportEarlyInterrupt(process, (text) => printed.push(text));
  process.emit("SIGINT");
  expect(printed).toEqual([
    "\nCannot finish: you interrupted the command before it changed anything\n  Run it again",
  ]);
  expect(codes).toEqual([7]);
  process.on("SIGINT", () => undefined);
  process.emit("SIGINT");
  expect(codes).toEqual([7]);
  begun();
  expect(process.listenerCount("SIGTERM")).toBe(0);
});

test("Ctrl-C while the prerequisites are checked ends the run at once, and kills what hangs", async () => {
  const world = new FakeWorld();
  Object.assign(world.processes, {
    run: () => {
      queueMicrotask(() => {
        world.interrupt();
      });
      return new Promise(() => undefined);
    },
  });
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: 'Cannot finish "dev": you interrupted the run',
    hint: "Go on with: npx ts-node scripts/provision.ts plan --env dev",
    exitCode: 7,
  });
  expect(world.signals).toEqual(["SIGKILL"]);
  expect(world.texts.has(".provision/dev/run.lock")).toBe(false);
});
