import { expect, test } from "vitest";
import { Events, type RunEvent } from "../../scripts/provision/run/events";
import { Timings } from "../../scripts/provision/run/timings";
import { layerLogs } from "../../scripts/provision/runner/layer-logs";
import { OnScreen } from "../../scripts/provision/runner/on-screen";
import { Screen } from "../../scripts/provision/screen/screen";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

const folder = "cdktf.out/dev/stacks/vpc";
const ground = { layer: "vpc", program: "tofu", folder } as const;

/** An apply of one layer, as the runner and Terraform publish it. */
const apply: readonly RunEvent[] = [
  { type: "layer began", layer: "vpc", summary: "Network", position: 2, count: 15 },
  { ...ground, type: "terraform began", command: "apply", arguments: ["apply", "-json", "layer.tfplan"] },
  { type: "terraform printed", layer: "vpc", text: "aws_vpc.vpc: Creating..." },
  { type: "terraform progressed", layer: "vpc", done: 0, planned: 1, current: "aws_vpc.vpc" },
  { type: "terraform ended", layer: "vpc", command: "apply", seconds: 2 },
  { type: "layer ended", row: { layer: "vpc", kind: "applied", seconds: 3 } },
  { type: "layers ended", rows: [{ layer: "vpc", kind: "applied", seconds: 3 }] },
  { type: "note", text: "be careful", tone: "warning" },
];

test("every listener gets every event, in order", () => {
  const events = new Events();
  const heard: string[] = [];
  events.listen(({ type }) => heard.push(`first ${type}`));
  events.listen(({ type }) => heard.push(`second ${type}`));
  for (const event of apply.slice(0, 2)) events.publish(event);
  expect(heard).toEqual([
    "first layer began",
    "second layer began",
    "first terraform began",
    "second terraform began",
  ]);
});

test("a listener that throws gets no further events, the others get every event, and a warning says so once", () => {
  const events = new Events();
  const heard: string[] = [];
  let calls = 0;
  const fullDisk = () => {
    calls += 1;
    throw new Error("ENOSPC: no space left on device, write");
  };
  events.listen(fullDisk, "write the logs");
  events.listen((event) =>
    heard.push(event.type === "note" ? `${event.tone ?? ""}: ${event.text}` : event.type),
  );
  for (const event of apply.slice(0, 3)) events.publish(event);
  expect(heard).toEqual([
    "layer began",
    "warning: Cannot write the logs: ENOSPC: no space left on device, write; the run continues without them",
    "terraform began",
    "terraform printed",
  ]);
  expect(calls).toBe(1);
});

test("a screen that fails is dropped, and neither the logs nor the run notice", () => {
  const events = new Events();
  const world = new FakeWorld();
  Object.assign(world.terminal, {
    print: () => {
      throw new Error("EPIPE: broken pipe, write");
    },
  });
  const heard: string[] = [];
  events.listen(new OnScreen(new Screen(world)).listen);
  events.listen(layerLogs(world.files, "logs"), "write the logs");
  events.listen(({ type }) => heard.push(type));
  for (const event of apply) events.publish(event);
  expect(heard).toEqual(apply.map(({ type }) => type));
  expect(world.texts.get("logs/vpc.log")).toContain("aws_vpc.vpc: Creating...");
});

test("a screen that fails stops the timer of its status line", () => {
  const world = new FakeWorld();
  let timers = 0;
  const every = () => {
    timers += 1;
    return () => (timers -= 1);
  };
  const print = () => {
    if (timers > 0) throw new Error("EPIPE: broken pipe, write");
  };
  const events = new Events();
  const terminal = { ...world.terminal, print };
  events.listen(new OnScreen(new Screen({ terminal, clock: { ...world.clock, every } })).listen);
  events.publish({ ...ground, type: "terraform began", command: "plan", arguments: [] });
  expect(timers).toBe(1);
  events.note("be careful");
  expect(timers).toBe(0);
});

test("a run completes when its logs cannot be written, and says so once", async () => {
  const world = new FakeWorld();
  Object.assign(world.files, {
    append: () => {
      throw new Error("ENOSPC: no space left on device, write");
    },
  });
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(world.printed.filter((line) => line.includes("ENOSPC"))).toEqual([
    "  ENOSPC: no space left on device, write; the run goes on, but its logs, journal and times may be incomplete",
  ]);
});

test("a step ends however its work ends", async () => {
  const events = new Events();
  const heard: RunEvent[] = [];
  events.listen((event) => heard.push(event));
  const failed = events.step("restoring Aurora", (progress) => {
    progress("12 %");
    return Promise.reject(new Error("no"));
  });
  await expect(failed).rejects.toThrow("no");
  expect(heard).toEqual([
    { type: "step began", step: "restoring Aurora" },
    { type: "step progressed", step: "restoring Aurora", text: "12 %" },
    { type: "step ended", step: "restoring Aurora" },
  ]);
});

test("the log of a layer contains each command and its output", () => {
  const world = new FakeWorld();
  for (const event of apply) layerLogs(world.files, "logs")(event);
  expect(world.texts.get("logs/vpc.log")).toBe(
    `\n$ tofu -chdir=${folder} apply -json layer.tfplan\naws_vpc.vpc: Creating...\n`,
  );
});

test("the log of a layer named hooks contains nothing of hooks", () => {
  const world = new FakeWorld();
  const log = layerLogs(world.files, "logs");
  log({ type: "terraform printed", layer: "hooks", text: "aws_lambda_function.hook: Creating..." });
  log({ type: "hook printed", hook: "after hooks: ./notify.sh", text: "notified" });
  expect(world.texts.get("logs/hooks.log")).toBe("aws_lambda_function.hook: Creating...\n");
  expect(world.texts.get("logs/run/hooks.log")).toBe("notified\n");
});

test("timings add up Terraform's commands", () => {
  const timings = new Timings();
  for (const event of apply) timings.listen(event);
  expect(JSON.parse(timings.report(5))).toEqual({
    commands: [{ layer: "vpc", command: "apply", seconds: 2 }],
    retries: [],
    terraformSeconds: 2,
    totalSeconds: 5,
  });
});

test.each([
  ["that succeeds", "", "0"],
  ["that fails", "VpcLimitExceeded", 'Cannot apply "ground": terraform apply failed'],
])(
  "timings that cannot be written are a warning, and a run %s keeps its outcome",
  async (_, fault, outcome) => {
    const world = new FakeWorld();
    if (fault !== "") world.faults.fail.set("aws_vpc.vpc", fault);
    const write = world.files.write.bind(world.files);
    Object.assign(world.files, {
      write: (path: string, text: string) => {
        if (path === "taken") throw new Error('Cannot write "taken": it is a folder');
        write(path, text);
      },
    });
    const ended = await run(world, "--env dev --yes --until ground --timings taken");
    expect(String(ended)).toContain(outcome);
    expect(world.printed.at(-1)).toBe(
      `  Cannot write "taken": it is a folder; the run goes on, but its logs, journal and times may be incomplete`,
    );
  },
);

test("the status line shows the layer, its position, Terraform's command and the current resource", () => {
  const statuses: string[] = [];
  const printed: string[] = [];
  const world = new FakeWorld();
  const ticks: (() => void)[] = [];
  const screen = new Screen({
    terminal: {
      ...{ interactive: true, live: true, colours: false, unicode: true, columns: 80 },
      print: (text) => printed.push(text),
      printError: (text) => printed.push(text),
      status: (text = "(erased)") => statuses.push(text),
      ask: () => Promise.resolve(undefined),
    },
    clock: { ...world.clock, seconds: () => 0, every: (_, tick) => (ticks.push(tick), () => undefined) },
  });
  const { listen } = new OnScreen(screen);
  for (const event of apply) {
    listen(event);
    if (event.type === "terraform progressed") ticks[0]?.();
  }
  expect(statuses).toEqual(["⠋ vpc 2/15 apply · 0/1 · aws_vpc.vpc · 0 s", "(erased)"]);
  expect(printed[0]).toBe("\nvpc  Network");
  expect(printed.at(-2)).toContain("applied");
  expect(printed.at(-1)).toBe("  be careful");
});
