import { describe, expect, test } from "vitest";
import { Durations } from "../../scripts/provision/run/durations";
import type { RunEvent } from "../../scripts/provision/run/events";
import { ExpectedTime } from "../../scripts/provision/runner/expected-time";
import { keepDurations } from "../../scripts/provision/runner/keep-durations";
import { OnScreen } from "../../scripts/provision/runner/on-screen";
import { elapsedOf } from "../../scripts/provision/screen/duration";
import { Screen } from "../../scripts/provision/screen/screen";
import { FakeWorld } from "./fake-world";
import { rehearsing } from "./rehearsing";
import { run } from "./runs";

const path = ".provision/dev/durations.json";

/** A layer with a cluster, its node group, and a role; the group waits for the cluster, the cluster for the role. */
const cluster = {
  resource: {
    aws_iam_role: { cluster: { name: "cluster" } },
    aws_eks_cluster: { main: { role_arn: "${aws_iam_role.cluster.arn}" } },
    aws_eks_node_group: { main: { cluster_name: "${aws_eks_cluster.main.name}" } },
  },
};
const addresses = ["aws_iam_role.cluster", "aws_eks_cluster.main", "aws_eks_node_group.main"];
const changes = (action: string) =>
  addresses.map((address) => ({ address, type: address.replace(/\..*/, ""), action }));

function expecting(
  seconds: Readonly<Record<string, readonly number[]>> = {},
  applied: readonly string[] = [],
) {
  const world = new FakeWorld();
  world.texts.set("synthesised/stacks/eks/cdk.tf.json", JSON.stringify(cluster));
  world.texts.set(path, JSON.stringify({ version: 1, applied, seconds }));
  const durations = new Durations(world.files, path);
  return { world, durations, expected: new ExpectedTime(world.files, "synthesised", durations) };
}

describe("the expected time", () => {
  test("of a creation is the longest chain of medians, and Terraform's own time", () => {
    // A role 2, the control plane 612, a node group 129, and Terraform 5 seconds.
    expect(expecting().expected.ofChanges("eks", changes("create"))).toBe(748);
    expect(expecting().expected.ofLayer("eks", "apply")).toBeCloseTo(748 + 10.3);
  });

  test("is the median of earlier runs, where there are any", () => {
    const { expected } = expecting({ "create aws_eks_cluster": [500, 900, 510] });
    expect(expected.ofChanges("eks", changes("create"))).toBe(748 - 612 + 510);
  });

  test.each(["delete", "update", "replace"])("of a %s that may take minutes is not guessed", (action) => {
    expect(expecting().expected.ofChanges("eks", changes(action))).toBeUndefined();
  });

  test("of a destroy is known from an earlier one", () => {
    const { expected } = expecting({
      "delete aws_eks_cluster": [170],
      "delete aws_eks_node_group": [250],
    });
    expect(expected.ofLayer("eks", "destroy")).toBeCloseTo(250 + 170 + 2 + 5 + 10.3);
  });

  test("of a layer that an earlier run applied is that of a plan", () => {
    expect(expecting({}, ["eks"]).expected.ofLayer("eks", "apply")).toBeCloseTo(10.3);
  });

  test("of a layer that cannot be read is none", () => {
    const { world, expected } = expecting();
    world.texts.set("synthesised/stacks/eks/cdk.tf.json", "{");
    expect(expected.ofLayer("eks", "apply")).toBeUndefined();
  });
});

describe("earlier runs", () => {
  const moved = (type: "object began" | "object changed", action: string): RunEvent => ({
    ...{ type, layer: "eks" },
    change: { address: "aws_eks_cluster.main", type: "aws_eks_cluster", action },
  });
  const ended = (kind: "applied" | "destroyed"): RunEvent => ({
    type: "layer ended",
    row: { layer: "eks", kind, seconds: 700 },
  });

  test("are remembered by what was changed, and by what exists", () => {
    const { world, durations, expected } = expecting();
    let seconds = 0;
    const clock = { ...world.clock, seconds: () => seconds };
    const listen = keepDurations(clock, durations, expected);
    listen(moved("object began", "create"));
    seconds = 655.04;
    listen(moved("object changed", "create"));
    listen(ended("applied"));
    expect(JSON.parse(world.texts.get(path) ?? "")).toMatchObject({
      version: 1,
      applied: ["eks"],
      seconds: { "create aws_eks_cluster": [655] },
    });
    listen(ended("destroyed"));
    expect(JSON.parse(world.texts.get(path) ?? "")).toMatchObject({ applied: [] });
  });

  test("count with their newest five durations; calls of an API are not kept", () => {
    const { world, durations } = expecting({ "create aws_lb network": [1, 2, 3, 4, 5] });
    durations.add("create aws_lb network", 6);
    durations.add("create aws_iam_role", 1.4);
    durations.write();
    expect(JSON.parse(world.texts.get(path) ?? "")).toMatchObject({
      seconds: { "create aws_lb network": [2, 3, 4, 5, 6] },
    });
  });

  test.each(["", "{", '{"version":2}', '{"version":1,"applied":[],"seconds":{"x":["y"]}}'])(
    "that nobody can read, such as %j, are none",
    (text) => {
      const world = new FakeWorld();
      world.texts.set(path, text);
      const durations = new Durations(world.files, path);
      expect(durations.median("x")).toBeUndefined();
    },
  );

  test("that cannot be kept are one warning", async () => {
    const world = new FakeWorld();
    const write = world.files.write.bind(world.files);
    Object.assign(world.files, {
      write: (file: string, text: string) => {
        if (file === path) throw new Error("ENOSPC: no space left on device, write");
        write(file, text);
      },
    });
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(world.printed.filter((line) => line.includes("ENOSPC"))).toEqual([
      "  ENOSPC: no space left on device, write; the run goes on, but its logs, journal and times may be incomplete",
    ]);
  });
});

describe("a run", () => {
  const timed = (world: FakeWorld) => world.printed.filter((line) => line.includes("about"));

  test("prints what it expects at its start, at each layer and for each plan, and less once layers exist", async () => {
    const world = new FakeWorld();
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(timed(world)).toEqual([
      "  Expected: about 3 min for 4 layers, if all are to be created",
      "cellar  State bucket and its key (1 of 4, up to about 3 min left)",
      "ground  Network (2 of 4, up to about 2 min left)",
      "house  Database (3 of 4, up to about 1 min left)",
    ]);
    expect(JSON.parse(world.texts.get(path) ?? "")).toMatchObject({
      applied: ["cellar", "ground", "house", "roof"],
    });
    world.printed.length = 0;
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(timed(world)).toEqual([]);
  });

  test("that is rehearsed expects nothing of AWS, and remembers nothing", async () => {
    const world = rehearsing();
    expect(await run(world, "apply --env dev --rehearse --verbose")).toBe(0);
    expect(timed(world)).toEqual([]);
    expect([...world.texts.keys()].filter((file) => file.includes("durations"))).toEqual([]);
  });
});

describe("elapsed time", () => {
  test.each([
    [250, 780, "4 min 10 s of about 13 min"],
    [900, 780, "15 min 0 s of about 13 min"],
    [1020, 780, "17 min 0 s, longer than usual (about 13 min)"],
    [300, undefined, "5 min 0 s"],
    [70, 20, "1 min 10 s"],
  ])("of %d s beside %s s is %s", (seconds, usual, text) => {
    expect(elapsedOf(seconds, usual)[0]).toBe(text);
  });
});

test("the status shows what has been under way for the longest time, not what began or ended last", () => {
  const { world, expected } = expecting();
  let seconds = 0;
  let tick: () => void = () => undefined;
  const clock = {
    ...world.clock,
    seconds: () => seconds,
    every: (_: number, act: () => void) => ((tick = act), () => undefined),
  };
  const { listen } = new OnScreen(new Screen({ terminal: world.terminal, clock }), { expected });
  const change = (address: string, action = "create") => ({
    address,
    type: address.replace(/\..*/, ""),
    action,
  });
  const [role, main] = [change("aws_iam_role.late"), change("aws_eks_cluster.main")];
  const layer = "eks";
  const folder = "cdktf.out/dev/stacks/eks";
  listen({
    type: "run began",
    command: "apply",
    environment: "dev",
    account: "1",
    region: "x",
    simulated: false,
  });
  listen({ type: "layer began", layer, summary: "Kubernetes", position: 12, count: 17 });
  listen({
    ...{ type: "plan created", layer, file: "plan.txt" },
    plan: {
      changes: changes("create").map((one) => ({ ...one, name: "main", attributes: [] })),
      outputs: [],
      drift: [],
      pending: true,
    },
  });
  listen({ type: "terraform began", layer, program: "terraform", folder, command: "apply", arguments: [] });
  for (const [type, of] of [
    ["object began", main],
    ["object began", role],
    ["object changed", role],
  ] as const) {
    listen({ type, layer, change: of });
    listen({ type: "terraform progressed", layer, done: 1, planned: 3, current: of.address });
  }
  seconds = 250;
  tick();
  expect(world.printed.at(-1)).toBe(
    "  eks 12/17 apply · 1/3 · aws_eks_cluster.main · 4 min 10 s of about 12 min",
  );
  listen({ type: "interrupted", text: "Interrupted" });
  expect(world.printed).toContain(
    "  In progress: aws_eks_cluster.main; this apply usually takes about 12 min in all",
  );
});
